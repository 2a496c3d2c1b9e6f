import { readFileSync } from 'node:fs';

import type { Construct } from 'constructs';
import { Agent, request } from 'undici';

import type { ServerClient } from '../../../../client/server-client';
import { CertificateAuthority } from '../../../../constructs/pki/certificate-authority';
import { ClientRole } from '../../../../constructs/pki/client-role';
import { PeerRole } from '../../../../constructs/pki/peer-role';
import { ServerRole } from '../../../../constructs/pki/server-role';
import { Policy } from '../../../../constructs/policy/policy';
import * as model from '../../inventory/model';
import { TerraformRun } from '../../terraform/terraform-run';
import { Openssl } from '../../tls/openssl';
import type { TestCluster } from '../../vault/embedded-cluster';
import { provisionerTokenOn } from '../../vault/provisioner';

const day = 86_400;

export const rootMount = 'v1/devel/pki/root';
export const servicesMount = 'v1/devel/pki/services';

/** The generations of an authority and the one that signs. */
export interface Generations {
  readonly issuers: readonly string[];
  readonly defaultIssuer: string;
  readonly acme?: boolean;
}

export const firstGeneration: Generations = { issuers: ['2025'], defaultIssuer: '2025' };

/** A root, and an authority for services that it signs. */
function authorities(clusterAddress: string, generations: Generations): (scope: Construct) => void {
  return (scope) => {
    const root = new CertificateAuthority(scope, 'root', {
      mountPath: rootMount,
      description: 'Root of devel',
      commonName: 'Example devel root',
      organization: 'Example',
      signer: 'self',
      ttlSeconds: 3650 * day,
      maxLeafTtlSeconds: day,
      issuers: [{ name: '2025' }],
      defaultIssuer: '2025',
      clusterAddress,
    });
    new CertificateAuthority(scope, 'services', {
      mountPath: servicesMount,
      description: 'Services of devel',
      commonName: 'Example devel services',
      organization: 'Example',
      signer: root,
      ttlSeconds: 365 * day,
      maxLeafTtlSeconds: day,
      issuers: generations.issuers.map((name) => ({ name })),
      defaultIssuer: generations.defaultIssuer,
      acme: generations.acme ?? false,
      clusterAddress,
    });
  };
}

/** Roles of one tenant in the authority for services, and for each a policy that may issue, sign and revoke by it. */
function tenantRoles(tenant: string): (scope: Construct) => void {
  return (scope) => {
    const authority = CertificateAuthority.fromCertificateAuthorityAttributes(scope, 'Authority', {
      mountPath: servicesMount,
    });
    const common = { authority, ttlSeconds: 600, maxTtlSeconds: 3600 };
    const domains = [`${tenant}.devel.example`];
    const roles = [
      new ServerRole(scope, 'server', { ...common, roleName: `${tenant}-server`, domains, subdomains: true }),
      new ClientRole(scope, 'client', { ...common, roleName: `${tenant}-client`, domains }),
      new PeerRole(scope, 'peer', {
        ...common,
        roleName: `${tenant}-peer`,
        domains,
        keyType: 'rsa',
        ipAddresses: true,
      }),
    ];
    for (const role of roles) {
      const policy = new Policy(scope, `policy-${role.node.id}`, { policyName: role.roleName });
      authority.grantIssue(policy, role);
      authority.grantSign(policy, role);
      authority.grantRevoke(policy);
    }
  };
}

/** A certificate with what belongs to it, PEM. */
export interface Leaf {
  readonly certificate: string;
  readonly private_key: string;
  readonly issuing_ca: string;
  readonly ca_chain: readonly string[];
  readonly serial_number: string;
}

/** Answer of a server to somebody who is not logged in. */
export interface PublicAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** What Terraform, programs and everybody else do with certificates, on a cluster of a test. */
export class PkiWorld {
  /** Applies the authorities and the roles of two tenants, with what the provisioner may do and no more. */
  public static async make(cluster: TestCluster): Promise<PkiWorld> {
    const world = new PkiWorld(cluster);
    const root = model.authority('root', { signedBy: { kind: 'self' } });
    const services = model.authority('services', { signedBy: { kind: 'authority', authority: root } });
    const devel = model.environment('devel', { authorities: [root, services] });
    const { dialect } = cluster.options;
    const token = await provisionerTokenOn(cluster, {
      cluster: { ...devel.cluster, dialect },
      environments: [devel],
      tenants: [],
    });
    const apply = async (build: (scope: Construct) => void): Promise<TerraformRun> =>
      await TerraformRun.on(cluster, build, { token });
    world.engines = await apply(world.generations(firstGeneration));
    world.shop = await apply(tenantRoles('shop'));
    world.bank = await apply(tenantRoles('bank'));
    return world;
  }

  public readonly openssl = new Openssl();
  public readonly address: string;
  /** State of the authorities. */
  public engines!: TerraformRun;
  /** State of one tenant. */
  public shop!: TerraformRun;
  /** State of another. */
  public bank!: TerraformRun;
  /** Connections to the server that trust it. */
  public readonly agent: Agent;
  private readonly clients: ServerClient[] = [];

  private constructor(private readonly cluster: TestCluster) {
    const server = cluster.open();
    this.agent = new Agent({ connect: { ca: readFileSync(server.caFile, 'utf8') }, keepAliveTimeout: 1000 });
    [this.address = ''] = server.addresses;
  }

  public get admin(): ServerClient {
    return this.client(this.cluster.open().adminToken());
  }

  /** The authorities, the one for services with these generations. */
  public generations(generations: Generations): (scope: Construct) => void {
    return authorities(this.address, generations);
  }

  /** Whoever has this policy and no other. */
  public async as(policy: string): Promise<ServerClient> {
    const body = { policies: [policy], no_default_policy: true, no_parent: true, ttl: '1h' };
    const { auth } = await this.admin.write('auth/token/create', body);
    return this.client(auth?.client_token as string);
  }

  /** A key and a certificate by a role, for somebody with the policy of that name. */
  public async issue(role: string, body: Readonly<Record<string, unknown>>): Promise<Leaf> {
    const { data } = await (await this.as(role)).write(`${servicesMount}/issue/${role}`, body);
    return data as unknown as Leaf;
  }

  public async sign(role: string, csr: string, body: Readonly<Record<string, unknown>> = {}): Promise<Leaf> {
    const { data } = await (await this.as(role)).write(`${servicesMount}/sign/${role}`, { csr, ...body });
    return data as unknown as Leaf;
  }

  public async root(): Promise<string> {
    return (await this.get(`${this.address}/v1/${rootMount}/ca/pem`)).body.toString();
  }

  /** `OK` or what is wrong with a certificate, for whoever trusts the root. */
  public async verify(
    leaf: Leaf,
    options: { readonly purpose?: string; readonly crls?: boolean } = {},
  ): Promise<string> {
    const { purpose, crls = false } = options;
    return this.openssl.verify(leaf.certificate, {
      root: await this.root(),
      chain: leaf.issuing_ca,
      ...(purpose !== undefined && { purpose }),
      ...(crls && { crls: [await this.crlOf(leaf.certificate)] }),
    });
  }

  public text({ certificate }: Pick<Leaf, 'certificate'>): string {
    return this.openssl.text(certificate);
  }

  /** Common name of who signed a certificate. */
  public issuerOf(leaf: Leaf): string {
    return /Issuer: .*CN ?= ?([^,\n]+)/.exec(this.text(leaf))?.[1] ?? '';
  }

  /** The list of revoked certificates that a certificate leads to. */
  public async crlOf(certificate: string): Promise<Buffer> {
    return (await this.get(urlIn(this.openssl.text(certificate), 'CRL Distribution Points'))).body;
  }

  /** What the responder says that a certificate leads to. */
  public async ocsp({ certificate, issuing_ca }: Leaf): Promise<string> {
    const question = this.openssl.ocspRequest(certificate, issuing_ca);
    const headers = { 'content-type': 'application/ocsp-request' };
    const url = urlIn(this.openssl.text(certificate), 'OCSP - ');
    const { body } = await request(url, { method: 'POST', dispatcher: this.agent, headers, body: question });
    return this.openssl.ocspStatus(Buffer.from(await body.arrayBuffer()), certificate, issuing_ca);
  }

  public async get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<PublicAnswer> {
    const { statusCode, headers: answered, body } = await request(url, { dispatcher: this.agent, headers });
    return { status: statusCode, headers: answered, body: Buffer.from(await body.arrayBuffer()) };
  }

  public async close(): Promise<void> {
    this.openssl.dispose();
    await Promise.all([this.agent.close(), ...this.clients.map((client) => client.close())]);
  }

  private client(token: string): ServerClient {
    const client = this.cluster.open().client(token);
    this.clients.push(client);
    return client;
  }
}

/** The address below a heading of a certificate's text. */
export function urlIn(text: string, heading: string): string {
  return new RegExp(`${heading}[^]*?URI:(\\S+)`).exec(text)?.[1] ?? '';
}
