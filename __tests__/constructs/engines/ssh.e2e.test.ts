import { describeSsh } from '../../support/specifications/ssh';

describe('the SSH engine on Vault', () => {
  describeSsh('vault');
});
