import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { hostsOf } from '../../../files/certificates';
import { certificateNames } from '../../../model/server-names';
import { renewCertificate, type RenewedCertificate } from '../../../operations/certificate/self-signed';
import { KubernetesRefusal } from '../../../operations/kubernetes/refusal';
import { cluster, kubernetesServer } from '../../support/inventory/model';

interface Secret {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
}

/** A namespace that holds one Secret. */
class Namespace {
  public secret: Secret | undefined;
  public refusal: Error | undefined;

  public find<T>(): Promise<T | undefined> {
    return Promise.resolve(this.secret as T | undefined);
  }

  public apply(objects: readonly object[]): Promise<void> {
    if (this.refusal !== undefined) return Promise.reject(this.refusal);
    this.secret = objects[0] as Secret;
    return Promise.resolve();
  }

  public entry(key: string): string {
    return Buffer.from(this.secret?.data[key] ?? '', 'base64').toString();
  }
}

const selfSigned = { ...cluster(), server: kubernetesServer({ certificate: { kind: 'selfSigned' } }) };

describe('renewCertificate', () => {
  let home: string;
  let namespace: Namespace;

  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), 'self-signed-'));
    namespace = new Namespace();
  });

  afterEach(() => rmSync(home, { recursive: true }));

  const renew = (over: { folder?: string; replaceAuthority?: boolean; of?: typeof selfSigned } = {}) =>
    renewCertificate({
      cluster: over.of ?? selfSigned,
      kubectl: namespace,
      folder: path.join(home, over.folder ?? 'authority'),
      replaceAuthority: over.replaceAuthority ?? false,
    });
  const certificate = (): X509Certificate => new X509Certificate(namespace.entry('tls.crt'));

  it('writes a certificate for every name of the servers, its key and its authority into their Secret', async () => {
    const renewed: RenewedCertificate = await renew();
    expect(namespace.secret).toMatchObject({
      type: 'kubernetes.io/tls',
      metadata: { name: 'openbao-tls', namespace: 'openbao-nonprod' },
    });
    const authority = readFileSync(renewed.authorityFile, 'utf8');
    expect(namespace.entry('ca.crt')).toBe(authority);
    expect(certificate().verify(new X509Certificate(authority).publicKey)).toBe(true);
    const names = certificateNames({ cluster: selfSigned, server: selfSigned.server });
    expect(hostsOf(certificate())).toEqual([...names].sort());
    expect(renewed).toMatchObject({ newAuthority: true, secret: 'openbao-tls', names });
  });

  it('keeps the authority on this machine, readable by its owner only, and not the key of the servers', async () => {
    const { authorityFile } = await renew();
    const folder = path.dirname(authorityFile);
    expect(readdirSync(folder).sort()).toEqual(['ca.crt', 'ca.key']);
    expect(statSync(path.join(folder, 'ca.key')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('creates another key and certificate with the same authority when it is run again', async () => {
    await renew();
    const [before, key, authority] = ['tls.crt', 'tls.key', 'ca.crt'].map((entry) => namespace.entry(entry));
    expect((await renew()).newAuthority).toBe(false);
    expect(namespace.entry('ca.crt')).toBe(authority);
    expect(namespace.entry('tls.crt')).not.toBe(before);
    expect(namespace.entry('tls.key')).not.toBe(key);
  });

  it('refuses to replace the authority that clients trust, unless requested', async () => {
    await renew();
    const before = namespace.secret;
    await expect(renew({ folder: 'of-somebody-else' })).rejects.toThrow(
      /an authority whose key is not on this machine/,
    );
    expect(namespace.secret).toBe(before);
    expect(existsSync(path.join(home, 'of-somebody-else'))).toBe(false);
    expect((await renew({ folder: 'of-somebody-else', replaceAuthority: true })).newAuthority).toBe(true);
    expect(namespace.secret).not.toBe(before);
  });

  it.each([
    [{ kind: 'secret', secret: 'from-elsewhere' }, /from-elsewhere[^]*put the new certificate into the Secret/],
    [
      {
        kind: 'certManager',
        issuer: { name: 'internal', kind: 'Issuer', group: 'cert-manager.io' },
        durationSeconds: 90 * 86_400,
        renewBeforeSeconds: 30 * 86_400,
      },
      /issuer internal[^]*cmctl renew/,
    ],
  ] as const)('refuses a certificate of %j with its subject', async (given, says) => {
    await expect(renew({ of: { ...cluster(), server: kubernetesServer({ certificate: given }) } })).rejects.toThrow(
      says,
    );
    expect(readdirSync(home)).toEqual([]);
  });

  it('reports a missing namespace with a fix, and leaves no key behind', async () => {
    namespace.refusal = new KubernetesRefusal('NotFound', 'namespaces "openbao-nonprod" not found', { message: '' });
    await expect(renew()).rejects.toThrow(/apply the stack nonprod-server first/);
    expect(readdirSync(path.join(home, 'authority')).sort()).toEqual(['ca.crt', 'ca.key']);
  });
});
