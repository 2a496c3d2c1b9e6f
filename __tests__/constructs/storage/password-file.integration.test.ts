import { describePasswordFile } from '../../support/password-file-specification';

describe('the password file of OpenBao', () => {
  describePasswordFile('openbao');
});
