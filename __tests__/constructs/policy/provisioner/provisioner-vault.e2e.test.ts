import { describeProvisioner } from '../../../support/specifications/provisioner';

describe('with a token of Terraform, one can on Vault', () => {
  describeProvisioner('vault');
});
