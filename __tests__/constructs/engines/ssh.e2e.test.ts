import { describeSsh } from '../../support/ssh-specification';

describe('the SSH engine on Vault', () => {
  describeSsh('vault');
});
