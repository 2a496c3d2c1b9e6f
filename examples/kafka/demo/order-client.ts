import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { issueCredentials } from '../../../client/app-role-credentials';
import type { ServerClient } from '../../../client/server-client';
import { ServerRefusal } from '../../../client/server-refusal';
import { roleOfPolicy } from '../../../model/names';
import { firstCertificate } from '../broker/tls';
import type { Demonstration } from './demonstration';

/** Result of a request for a certificate: the HTTP status of a refusal, or the extended key usages of the certificate. */
export type Issue = { readonly refused: number } | { readonly usages: readonly string[] };

/** Object identifiers of extended key usages. */
export const usage = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const;

/** Requests of an attacker who has the credentials of the producer. */
export class OrderClient {
  /** Logs in with its own SecretID. */
  public static async login(demonstration: Demonstration): Promise<OrderClient> {
    const { settings } = demonstration.tenant('order-producer');
    const [agent] = settings.agents;
    const role = `auth/${settings.environment.appRoleMount}/role/${roleOfPolicy(agent!.policy.name)}`;
    const anonymous = demonstration.anonymous();
    const credentials = await issueCredentials(demonstration.admin, role);
    const { auth } = await anonymous.write(`auth/${settings.environment.appRoleMount}/login`, credentials);
    return new OrderClient(demonstration, anonymous.with({ token: auth?.client_token as string }));
  }

  private constructor(
    private readonly demonstration: Demonstration,
    private readonly client: ServerClient,
  ) {}

  /** Requests a certificate of a broker with the role of the brokers. */
  public async issueByBrokersRole(): Promise<Issue> {
    return await this.issue('kafka');
  }

  /** Requests a server certificate with its own role. */
  public async issueByOwnRole(): Promise<Issue> {
    const wanted = { server_flag: true, ext_key_usage: ['ServerAuth'], ext_key_usage_oids: [usage.server] };
    return await this.issue('order-producer', wanted);
  }

  /** Revokes the certificate of the producer by presenting its key, and rotates the revocation list at once. */
  public async revokeOwnCertificate(): Promise<void> {
    const { admin, authorityMount } = this.demonstration;
    const { keystoreFile } = this.demonstration.agent('order-producer');
    const [key = ''] =
      /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/.exec(readFileSync(keystoreFile, 'utf8')) ?? [];
    const certificate = firstCertificate(keystoreFile).toString();
    await this.client.write(`${authorityMount}/revoke-with-key`, { certificate, private_key: key });
    await admin.read(`${authorityMount}/crl/rotate`);
  }

  public async close(): Promise<void> {
    await this.client.close();
  }

  private async issue(
    tenant: 'kafka' | 'order-producer',
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<Issue> {
    const [role] = this.demonstration.tenant(tenant).settings.certificates;
    const path = `${this.demonstration.authorityMount}/issue/${role!.roleName}`;
    try {
      const { data } = await this.client.write(path, { common_name: role!.domains[0], ...more });
      return { usages: new X509Certificate(String(data?.certificate)).keyUsage };
    } catch (error) {
      if (error instanceof ServerRefusal) return { refused: error.status };
      throw error;
    }
  }
}
