import { specifyCertificateAuthorities } from '../../support/pki-specification';

describe('certificate authorities on OpenBao', () => specifyCertificateAuthorities('openbao'));
