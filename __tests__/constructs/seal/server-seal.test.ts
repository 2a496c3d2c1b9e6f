import { App, TerraformStack } from 'cdktf';

import { serverContext, type ServerPart } from '../../../constructs/kubernetes/server-part';
import { serverSeal } from '../../../constructs/seal/server-seal';
import type { ServerSeal } from '../../../model/cluster/kubernetes/seal';
import type { Dialect } from '../../../model/dialect';
import { cluster, kubernetesServer } from '../../support/inventory/model';

const egress = [{ cidr: '10.0.0.0/8' }];
const part = (seal: ServerSeal, dialect: Dialect = 'vault'): ServerPart =>
  serverSeal(seal).bind(
    new TerraformStack(new App(), 'test'),
    serverContext(cluster({ dialect }), kubernetesServer({ seal })),
  );
const purposes = ({ egress: all = [] }: ServerPart): string[] => all.map(({ purpose, port }) => `${purpose} ${port}`);

describe('shamir', () => {
  it('requires nothing, because operators hold the shares', () => {
    expect(part({ kind: 'shamir' })).toEqual({});
  });
});

describe('awskms', () => {
  const key = { kind: 'awskms', region: 'eu-central-1', keyId: 'alias/vault', egress } as const;

  it('minimal: the IAM role of the pod, from IRSA or Pod Identity', () => {
    const asked = part(key);
    expect(asked.configuration).toEqual({ seal: { awskms: { region: 'eu-central-1', kms_key_id: 'alias/vault' } } });
    expect(asked.environment).toEqual([]);
    expect(purposes(asked)).toEqual(['seal 443', 'metadata 80']);
  });

  it('with a role of the ServiceAccount', () => {
    const asked = part({ ...key, roleArn: 'arn:aws:iam::1:role/vault', endpoint: 'https://kms.example.com' });
    expect(asked.configuration).toMatchObject({ seal: { awskms: { endpoint: 'https://kms.example.com' } } });
    expect(asked.serviceAccountAnnotations).toEqual({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/vault' });
    expect(purposes(asked)).toEqual(['seal 443']);
  });

  it('with credentials from a Secret', () => {
    expect(part({ ...key, credentials: 'seal' }).environment).toEqual([
      { name: 'AWS_ACCESS_KEY_ID', from: { secret: 'seal', key: 'AWS_ACCESS_KEY_ID' } },
      { name: 'AWS_SECRET_ACCESS_KEY', from: { secret: 'seal', key: 'AWS_SECRET_ACCESS_KEY' } },
    ]);
  });
});

describe('gcpckms', () => {
  const key = {
    kind: 'gcpckms',
    project: 'p',
    region: 'global',
    keyRing: 'r',
    cryptoKey: 'k',
    egress,
    serviceAccount: 'vault@p.iam.gserviceaccount.com',
  } as const;

  it('binds the ServiceAccount to one of Google', () => {
    const asked = part(key);
    expect(asked.configuration).toEqual({
      seal: { gcpckms: { project: 'p', region: 'global', key_ring: 'r', crypto_key: 'k' } },
    });
    expect(asked.serviceAccountAnnotations).toEqual({
      'iam.gke.io/gcp-service-account': 'vault@p.iam.gserviceaccount.com',
    });
    expect(purposes(asked)).toEqual(['seal 443', 'metadata 80', 'metadata-of-node 988']);
  });
});

describe('azurekeyvault', () => {
  const key = { kind: 'azurekeyvault', tenantId: 't', vaultName: 'v', keyName: 'k', egress } as const;

  it('minimal: the identity of the node', () => {
    const asked = part(key);
    expect(asked.configuration).toEqual({
      seal: { azurekeyvault: { tenant_id: 't', vault_name: 'v', key_name: 'k' } },
    });
    expect(purposes(asked)).toEqual(['seal 443', 'metadata 80']);
  });

  it('with a workload identity, for which the pods need a label', () => {
    const asked = part({ ...key, clientId: 'c' });
    expect(asked.serviceAccountAnnotations).toEqual({ 'azure.workload.identity/client-id': 'c' });
    expect(asked.podLabels).toEqual({ 'azure.workload.identity/use': 'true' });
    expect(purposes(asked)).toEqual(['seal 443']);
  });

  it('with credentials from a Secret', () => {
    const { environment = [] } = part({ ...key, credentials: 'seal' });
    expect(environment.map(({ name }) => name)).toEqual(['AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET']);
  });
});

describe('transit', () => {
  const key = {
    kind: 'transit',
    address: 'https://other.example.com:8200',
    mountPath: 'transit',
    keyName: 'k',
    egress,
    token: { secret: 'seal', key: 'token' },
  } as const;

  it.each([
    ['openbao', 'BAO_TOKEN'],
    ['vault', 'VAULT_TOKEN'],
  ] as const)('gives %s its token by %s', (dialect, name) => {
    const asked = part(key, dialect);
    expect(asked.configuration).toEqual({
      seal: { transit: { address: 'https://other.example.com:8200', mount_path: 'transit', key_name: 'k' } },
    });
    expect(asked.environment).toEqual([{ name, from: { secret: 'seal', key: 'token' } }]);
    expect(asked.volumes).toBeUndefined();
  });

  it.each([
    ['https://other.example.com:8200', 8200],
    ['https://other.example.com', 443],
    ['http://other.example.com', 80],
  ])('opens the port of %s', (address, port) => {
    expect(part({ ...key, address }).egress).toEqual([{ purpose: 'seal', peers: egress, port }]);
  });

  it('mounts the authority that the other server is trusted by', () => {
    const asked = part({ ...key, authority: { secret: 'other', key: 'ca.pem' } });
    expect(asked.configuration).toMatchObject({ seal: { transit: { tls_ca_cert: '/vault/seal/ca.crt' } } });
    expect(asked.volumes).toEqual([
      { name: 'seal', mountPath: '/vault/seal', source: { secret: 'other', items: { 'ca.pem': 'ca.crt' } } },
    ]);
  });
});
