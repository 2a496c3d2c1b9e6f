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

/** Public keys of which no private key exists any more, for the signature algorithms RS256 and PS256. */
export const rsaPublicKey = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAmWyyzHvfDLbdm+dGhpA4
ZEkYk+LhD9tXZr7ed4kgUqquuwtaeTGdYFgob0K/RcPJ8QYCjQE4tCXjiLKCtLsn
IkdKhOhV7Mygf208dgUEL5p7IrCUuBL5HaSfnIST5ZkSdv54B1368Y2cR90pgzab
Ot7AxuRz1gRD6uw5JLwIyPHS2uMqqoaews9PGHj1BYUa6ehtJcQba+6qEsp5n044
QJ+0maIZ9MqgK42nyJRcOW8NZXQ8l1wWc0CjSZQF/ITBwLua16NQmdzgqo6m6KSt
JfTTkn3klW3k7n+fhXZRUlGqABTia8NMNtsQAUzqUsDHsQf1WSa4XAmdprDK9Mef
cwIDAQAB
-----END PUBLIC KEY-----
`;

export const otherRsaPublicKey = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArruw53wyux7ND5xBhcgf
iQa8RYKSsfUxOP3+dycKImujqnQCc0x7RZAGAHqQ2UGxxrXXeNYPaD0b6oG1UQ94
nPnU72+c/hBO8bV0WkKRjQtGKLIB/uoaum+o1EoF6Sefd/dL/D08ZNIq5o7B4eQU
zGjargg1ezZKliLteiZC4RK1jS2sIga9IlVLs7Bm6knLF3cSwiVM4bwRimoGko2/
M0Gn5cFewknxAdAnlNbjsrtZiUeJHKjIBc+niOF2WTdMOTjWYsUa5WXJWYAzErc8
VOWd33kMLSdiCVCksiJvhHECpGgUPCAGAd5/zMH/Eox2PZzOkgJXqRP30pcSZolM
SwIDAQAB
-----END PUBLIC KEY-----
`;

/** A text of several lines as a value in YAML. */
export const block = (text: string, indent: number): string =>
  `|\n${text.replace(/^(?=.)/gm, ' '.repeat(indent)).trimEnd()}`;
