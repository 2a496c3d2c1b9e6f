import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Why certificates cannot be judged by OpenSSL here, in one line; undefined if they can. */
export const withoutOpenssl =
  spawnSync('openssl', ['version']).status === 0 ? undefined : 'there is no openssl on this machine';

/** What is given of a request for a certificate. */
export interface RequestContent {
  readonly commonName: string;
  /** Extensions as `openssl req -addext` takes them. @default - none */
  readonly extensions?: readonly string[];
}

/** A folder in which OpenSSL makes and judges certificates: a second opinion, and one that many programs share. */
export class Openssl {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'openssl-'));

  public dispose(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** A new key and a request for a certificate for it, both PEM. */
  public request({ commonName, extensions = [] }: RequestContent): { readonly key: string; readonly csr: string } {
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    const additions = extensions.flatMap((extension) => ['-addext', extension]);
    this.expect([
      'req',
      '-new',
      ...curve,
      '-keyout',
      'r.key',
      '-out',
      'r.csr',
      '-subj',
      `/CN=${commonName}`,
      ...additions,
    ]);
    return { key: this.read('r.key'), csr: this.read('r.csr') };
  }

  /** A self-signed root outside any server. */
  public root(commonName: string): { readonly key: string; readonly certificate: string } {
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    const content = ['-subj', `/CN=${commonName}`, '-days', '365', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
    this.expect(['req', '-x509', ...curve, '-keyout', 'root.key', '-out', 'root.crt', ...content]);
    return { key: this.read('root.key'), certificate: this.read('root.crt') };
  }

  /** What a person does at an offline root. @returns PEM of the authority's certificate */
  public signAuthority(csr: string, root: { readonly key: string; readonly certificate: string }): string {
    const settings = 'database=index\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\npolicy=names\n';
    const names = 'commonName=supplied\norganizationName=optional\n';
    this.write({ 'a.csr': csr, 'root.key': root.key, 'root.crt': root.certificate, index: '' });
    this.write({ 'ca.conf': `[ca]\ndefault_ca=root\n[root]\n${settings}[names]\n${names}` });
    this.write({ 'a.ext': 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n' });
    const signer = ['-config', 'ca.conf', '-cert', 'root.crt', '-keyfile', 'root.key', '-extfile', 'a.ext'];
    // From long ago: Vault signs nothing that would begin, as it does half a minute ago, before its signer.
    const life = ['-startdate', '20200101000000Z', '-enddate', '20490101000000Z'];
    this.expect(['ca', '-batch', '-notext', '-preserveDN', ...signer, ...life, '-in', 'a.csr', '-out', 'a.crt']);
    return this.read('a.crt');
  }

  /** Text of a certificate, as people read it. */
  public text(certificate: string): string {
    this.write({ 'c.crt': certificate });
    return this.expect(['x509', '-in', 'c.crt', '-noout', '-text']);
  }

  /** Text of a list of revoked certificates in DER. */
  public crlText(crl: Buffer): string {
    this.write({ 'c.crl': crl });
    return this.expect(['crl', '-in', 'c.crl', '-inform', 'DER', '-noout', '-text']);
  }

  /**
   * Verifies a certificate.
   *
   * @param chain PEM of authorities in between
   * @returns `OK`, or why not
   */
  public verify(
    certificate: string,
    {
      root,
      chain = '',
      purpose,
      crls = [],
    }: { root: string; chain?: string; purpose?: string; crls?: readonly Buffer[] },
  ): string {
    this.write({ 'v.crt': certificate, 'v.root': root, 'v.chain': chain });
    const lists = crls.map((crl, index) => {
      this.write({ [`v${index}.der`]: crl });
      return this.expect(['crl', '-in', `v${index}.der`, '-inform', 'DER']);
    });
    this.write({ 'v.crls': lists.join('') });
    const { status, stdout, stderr } = this.run([
      'verify',
      ...['-no-CApath', '-no-CAstore', '-CAfile', 'v.root'],
      ...(chain === '' ? [] : ['-untrusted', 'v.chain']),
      ...(purpose === undefined ? [] : ['-purpose', purpose]),
      ...(crls.length === 0 ? [] : ['-crl_check', '-CRLfile', 'v.crls']),
      'v.crt',
    ]);
    if (status === 0) return 'OK';
    return /: (.*)\nerror v\.crt/.exec(stderr)?.[1] ?? `${stdout}${stderr}`;
  }

  /** A question to an OCSP responder, in DER. */
  public ocspRequest(certificate: string, issuer: string): Buffer {
    this.write({ 'o.crt': certificate, 'o.issuer': issuer });
    this.expect(['ocsp', '-issuer', 'o.issuer', '-cert', 'o.crt', '-no_nonce', '-reqout', 'o.req']);
    return readFileSync(path.join(this.folder, 'o.req'));
  }

  /** The answer, whose signature has to be the issuer's: `good` or `revoked`. */
  public ocspStatus(answer: Buffer, certificate: string, issuer: string): string {
    this.write({ 'o.crt': certificate, 'o.issuer': issuer, 'o.resp': answer });
    const trust = ['-CAfile', 'o.issuer', '-partial_chain'];
    const text = this.expect([
      'ocsp',
      '-respin',
      'o.resp',
      '-issuer',
      'o.issuer',
      '-cert',
      'o.crt',
      '-no_nonce',
      ...trust,
    ]);
    return /o\.crt: (\w+)/.exec(text)?.[1] ?? text;
  }

  private expect(parameters: readonly string[]): string {
    const { status, stdout, stderr } = this.run(parameters);
    if (status !== 0) throw new Error(`openssl ${parameters.join(' ')}\n${stderr}`);
    return stdout;
  }

  private run(parameters: readonly string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync('openssl', parameters, { cwd: this.folder, encoding: 'utf8' });
  }

  private read(name: string): string {
    return readFileSync(path.join(this.folder, name), 'utf8');
  }

  private write(files: Readonly<Record<string, string | Buffer>>): void {
    for (const [name, content] of Object.entries(files))
      writeFileSync(path.join(this.folder, name), content, { mode: 0o600 });
  }
}
