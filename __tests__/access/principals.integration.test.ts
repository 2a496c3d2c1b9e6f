import { describePrincipals } from '../support/specifications/principals';

describe('policies of tokens of OpenBao', () => {
  describePrincipals('openbao');
});
