import { describeShownCommands } from '../support/specifications/shown-commands';

describe('the commands that tenant show prints, on OpenBao', () => {
  describeShownCommands('openbao');
});
