import { describeSsh } from '../../support/ssh-specification';

describe('the SSH engine on OpenBao', () => {
  describeSsh('openbao');
});
