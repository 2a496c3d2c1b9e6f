import { fileAudit } from '../../../constructs/server/configuration';
import type { Dialect } from '../../../model/dialect';
import { auditPreflight } from '../../../operations/rollout/audit-preflight';
import { cluster, kubernetesServer } from '../../support/inventory/model';

const preflight = (configuration: object, dialect: Dialect = 'openbao'): Promise<string[]> => {
  const data = { 'server.json': JSON.stringify(configuration) };
  const list = (): Promise<never[]> =>
    Promise.resolve([{ kind: 'ConfigMap', metadata: { name: 'openbao-config' }, data }] as unknown as never[]);
  return auditPreflight({ list }, { ...cluster({ dialect }), server: kubernetesServer() });
};

describe('the audit devices of a rollout', () => {
  it.each([
    ['stdout', /^file\/ \(file_path=stdout\)$/],
    ['/openbao/audit/audit.log', /^file-[0-9a-f]{8}\/ \(file_path=\/openbao\/audit\/audit\.log\)$/],
  ])('are listed: %s', async (file, expected) => {
    expect(await preflight(fileAudit('openbao', file))).toEqual([expect.stringMatching(expected)]);
  });

  it('are refused if the options are not those of the path', async () => {
    const { audit } = fileAudit('openbao', 'stdout') as { audit: object[] };
    const changed = { audit: [{ ...audit[0], options: { file_path: '/openbao/audit/audit.log' } }] };
    await expect(preflight(changed)).rejects.toMatchObject({
      problems: [
        {
          message: expect.stringContaining('no server could become active') as string,
          given: 'file/ (file_path=/openbao/audit/audit.log), in server.json of the ConfigMap openbao-config',
          allowed: expect.stringMatching(/^file-[0-9a-f]{8}\/$/) as string,
        },
      ],
    });
  });

  it('are none on Vault, whose API enables them, and without a stanza', async () => {
    expect(await preflight(fileAudit('vault', 'stdout'), 'vault')).toEqual([]);
    expect(await preflight({})).toEqual([]);
  });
});
