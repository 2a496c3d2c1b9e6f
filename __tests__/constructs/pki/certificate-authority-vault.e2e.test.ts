import { specifyCertificateAuthorities } from '../../support/pki-specification';

describe('certificate authorities on Vault', () => specifyCertificateAuthorities('vault'));
