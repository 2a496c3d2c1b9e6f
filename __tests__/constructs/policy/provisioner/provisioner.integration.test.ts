import { describeProvisioner } from '../../../support/specifications/provisioner';
import { describeProvisionerLogins } from '../../../support/specifications/provisioner-logins';

describe('with a token of Terraform, one can on OpenBao', () => {
  describeProvisioner('openbao');
});

describe('Terraform logs in to OpenBao', () => {
  describeProvisionerLogins('openbao');
});
