import { describeProvisioner } from '../../../support/specifications/provisioner';
import { describeProvisionerLogins } from '../../../support/specifications/provisioner-logins';

describe('with a token of Terraform, one can on Vault', () => {
  describeProvisioner('vault');
});

describe('Terraform logs in to Vault', () => {
  describeProvisionerLogins('vault');
});
