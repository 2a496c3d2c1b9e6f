import { App, TerraformStack } from 'cdktf';

import { auditFile, serverAudit } from '../../../constructs/kubernetes/server-audit';
import { serverContext, type ServerPart } from '../../../constructs/kubernetes/server-part';
import type { ServerAudit } from '../../../model/cluster/kubernetes/audit';
import type { Dialect } from '../../../model/dialect';
import { cluster, kubernetesServer } from '../../support/inventory/model';

const file: ServerAudit = { kind: 'file', rotateMebibytes: 100, keep: 5 };
const context = (dialect: Dialect, audit: ServerAudit) =>
  serverContext(cluster({ dialect }), kubernetesServer({ audit }));
const part = (dialect: Dialect, audit: ServerAudit): ServerPart =>
  serverAudit(audit).bind(new TerraformStack(new App(), 'test'), context(dialect, audit));

describe('serverAudit', () => {
  it('declares the device on OpenBao, by default on standard output', () => {
    expect(part('openbao', { kind: 'stdout' })).toEqual({
      configuration: { audit: [expect.objectContaining({ path: 'file/', options: { file_path: 'stdout' } })] },
    });
  });

  it('declares nothing on Vault, where bootstrapping creates the device at the same path', () => {
    expect(part('vault', { kind: 'stdout' })).toEqual({ configuration: {} });
    expect(auditFile(context('vault', file))).toBe('/vault/audit/audit.log');
  });

  it('has space for all rotated files and for writes during the rotation', () => {
    expect(part('vault', file).volumes).toEqual([
      { name: 'audit', mountPath: '/vault/audit', source: { emptyDir: { sizeLimit: '1624Mi' } } },
    ]);
  });
});
