import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {
  certificateFile,
  hostsOf,
  keyFile,
  prepareCertificates,
  type CertificateRequest,
} from '../../files/certificates';

const server: CertificateRequest = {
  name: 'node-1',
  commonName: 'node-1',
  hosts: ['localhost', '127.0.0.1', '::1', 'node-1'],
  usage: 'server',
};
const client: CertificateRequest = { name: 'platform', commonName: 'platform', usage: 'client' };

describe('prepareCertificates', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'certificates-'));
  });

  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  const read = (name: string): X509Certificate => new X509Certificate(readFileSync(certificateFile(folder, name)));

  it('creates an authority, and certificates with the right names and usages', async () => {
    expect(await prepareCertificates(folder, [server, client])).toEqual(['ca', 'node-1', 'platform']);
    const authority = read('ca');
    expect(authority.ca).toBe(true);
    expect(hostsOf(read('node-1'))).toEqual(['127.0.0.1', '::1', 'localhost', 'node-1']);
    for (const [name, usage] of [
      ['node-1', '1.3.6.1.5.5.7.3.1'],
      ['platform', '1.3.6.1.5.5.7.3.2'],
    ] as const) {
      const certificate = read(name);
      expect(certificate.ca).toBe(false);
      expect(certificate.checkIssued(authority)).toBe(true);
      expect(certificate.verify(authority.publicKey)).toBe(true);
      expect(certificate.subject).toBe(`CN=${name}`);
      expect(certificate.keyUsage).toEqual([usage]);
    }
  });

  it('uses only own properties', async () => {
    await prepareCertificates(folder, [server]);
    for (const name of ['ca', 'node-1']) expect(statSync(keyFile(folder, name)).mode & 0o777).toBe(0o600);
  });

  it('does nothing without problems', async () => {
    await prepareCertificates(folder, [server, client]);
    expect(await prepareCertificates(folder, [server, client])).toEqual([]);
  });

  it('replaces a certificate when its names change, and keeps the authority', async () => {
    await prepareCertificates(folder, [server, client]);
    const before = read('ca').fingerprint256;
    const renamed = { ...server, hosts: ['localhost'] };
    expect(await prepareCertificates(folder, [renamed, client])).toEqual(['node-1']);
    expect(hostsOf(read('node-1'))).toEqual(['localhost']);
    expect(read('ca').fingerprint256).toBe(before);
  });

  it('renews a certificate shortly before it expires', async () => {
    await prepareCertificates(folder, [server]);
    const end = Date.parse(read('node-1').validTo);
    const day = 24 * 60 * 60 * 1000;
    jest.spyOn(Date, 'now').mockReturnValue(end - 31 * day);
    expect(await prepareCertificates(folder, [server])).toEqual([]);
    jest.spyOn(Date, 'now').mockReturnValue(end - 29 * day);
    expect(await prepareCertificates(folder, [server])).toEqual(['node-1']);
  });

  it('replaces damaged files, and all files when the authority changes', async () => {
    await prepareCertificates(folder, [server, client]);
    writeFileSync(keyFile(folder, 'node-1'), 'not a key');
    expect(await prepareCertificates(folder, [server, client])).toEqual(['node-1']);
    rmSync(keyFile(folder, 'ca'));
    expect(await prepareCertificates(folder, [server, client])).toEqual(['ca', 'node-1', 'platform']);
  });
});
