import { specifyCertificateAuthorities } from '../../support/specifications/pki/certificate-authorities';

describe('certificate authorities on OpenBao', () => specifyCertificateAuthorities('openbao'));
