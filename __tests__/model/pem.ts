/** A certificate authority that nobody trusts, and the public key in it. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBgTCCASegAwIBAgIUUw+nF/Mes+KKH6S0hEJ/UtPcwYEwCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKRXhhbXBsZSBDQTAgFw0yNjExMjQwOTI3MTRaGA8yMTI2MTAz
MTA5MjcxNFowFTETMBEGA1UEAwwKRXhhbXBsZSBDQTBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABJ2/kXiuRzTsjyxqX8XurYaMuXOQ+6UiURJbdyh7ObQmIP/MEOB0
FI61jFeBGgacV5TPTIHl31viXfoQUGIeoPSjUzBRMB0GA1UdDgQWBBQzal9BLsUW
RHRI2w6ofOigS3jkITAfBgNVHSMEGDAWgBQzal9BLsUWRHRI2w6ofOigS3jkITAP
BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIASlg2jn2ST7Vn9ul+0a
LmouC3KGdnz+iVenpT01hRqLAiEAtbjdrL9PkSdrLMUCbrN8HgJ+QpoNkBGK9Scx
KLaEwrg=
-----END CERTIFICATE-----
`;

export const publicKey = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEnb+ReK5HNOyPLGpfxe6thoy5c5D7
pSJRElt3KHs5tCYg/8wQ4HQUjrWMV4EaBpxXlM9MgeXfW+Jd+hBQYh6g9A==
-----END PUBLIC KEY-----
`;

/** Another authority that nobody trusts, and its public key. */
export const otherCertificate = `-----BEGIN CERTIFICATE-----
MIIBfTCCASOgAwIBAgIUAv+cAGoIEizPlE1y/eo26Ra9cnAwCgYIKoZIzj0EAwIw
EzERMA8GA1UEAwwIT3RoZXIgQ0EwIBcNMjYxMTI3MTg1NjU5WhgPMjEyNjExMDMx
ODU2NTlaMBMxETAPBgNVBAMMCE90aGVyIENBMFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAE3Dpe7gNJ7LJIPYQj/GfvF2D1sBKCBQ+A/hWD6d++W1kohMAjIgTIWJCB
QcBKMEGGPAzkaoh9ySS4uGmOZWiMR6NTMFEwHQYDVR0OBBYEFGswjEI5LDUaNosi
/VtTxKgXEPuIMB8GA1UdIwQYMBaAFGswjEI5LDUaNosi/VtTxKgXEPuIMA8GA1Ud
EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAM205JoYYRo+Jt945RCrOp+K
XTmSD7ofZwNXwlhSRynQAiAVbvUqZSZ4SscqgsQQP4CiSiD751pYVkWCLmn+dtCb
Sw==
-----END CERTIFICATE-----
`;

export const otherPublicKey = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE3Dpe7gNJ7LJIPYQj/GfvF2D1sBKC
BQ+A/hWD6d++W1kohMAjIgTIWJCBQcBKMEGGPAzkaoh9ySS4uGmOZWiMRw==
-----END PUBLIC KEY-----
`;

/** A text of several lines as a value in YAML. */
export const block = (text: string, indent: number): string =>
  `|\n${text.replace(/^(?=.)/gm, ' '.repeat(indent)).trimEnd()}`;
