import { existsSync, readFileSync } from 'node:fs';

import { request, Agent } from 'undici';

import {
  archive,
  describeAwsEngine,
  describeAwsLogin,
  describeAwsUsers,
  startAws,
} from '../support/specifications/virtual-machines/aws';
import { describePeople, startDirectory } from '../support/specifications/virtual-machines/directory';
import { useOffice } from '../support/specifications/virtual-machines/office';
import { describeSecondTenant } from '../support/specifications/virtual-machines/second-tenant';
import { describeSecrecy } from '../support/specifications/virtual-machines/secrecy';
import { describeWarehouse } from '../support/specifications/virtual-machines/warehouse';

describe('the example virtual-machines on Vault', () => {
  const office = useOffice('vault', async () => ({ directory: await startDirectory(), aws: await startAws() }));

  describeWarehouse(office, async () => {
    const { admin, cluster } = office().replica;
    const { auth } = await admin.write('auth/token/create', { policies: ['invoices.people.office'] });
    return cluster.client(auth?.client_token as string);
  });
  describePeople(office);
  describeAwsEngine(office);
  describeAwsLogin(office);
  describeSecondTenant(office, { more: archive, whileThere: (program) => describeAwsUsers(office, program) });

  describe('the id of a request', () => {
    it('is in the audit log, hashed', async () => {
      const { cluster } = office().replica;
      const id = office().secret('id of a request');
      const agent = new Agent({ connect: { ca: readFileSync(cluster.caFile, 'utf8') } });
      const { body } = await request(`${await cluster.activeAddress()}/v1/sys/internal/ui/mounts`, {
        dispatcher: agent,
        headers: { 'X-Request-Id': id, 'X-Other-Id': id },
      });
      await body.dump();
      await agent.close();
      // A node that was never active has none.
      const files = Object.values(cluster.auditFiles).filter((file) => existsSync(file));
      const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n'));
      const headers = lines.filter((line) => line.includes('sys/internal/ui/mounts')).map(headersOf);
      expect(headers).toContainEqual({ 'x-request-id': [expect.stringMatching(/^hmac-sha256:[0-9a-f]{64}$/)] });
    });
  });

  describeSecrecy(office);
});

const headersOf = (line: string): unknown => (JSON.parse(line) as { request: { headers?: unknown } }).request.headers;
