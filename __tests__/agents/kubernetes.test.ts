import { parseAllDocuments } from 'yaml';

import { kubernetesFiles, type KubernetesProps } from '../../agents/kubernetes';
import type { Agent } from '../../model/tenant/agent';
import { agentProps, certificate, document, fileOf } from './agents';

interface Container {
  readonly name: string;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
}

interface Pod {
  readonly initContainers: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes: readonly { readonly name: string; readonly emptyDir?: { readonly medium: string } }[];
  readonly shareProcessNamespace?: boolean;
}

interface Manifest {
  readonly kind: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly rules?: unknown;
  readonly spec?: { readonly template: { readonly metadata: { readonly annotations: object }; readonly spec: Pod } };
}

function manifests(over: Partial<Agent> = {}, more: Partial<KubernetesProps> = {}): Manifest[] {
  const text = fileOf(
    kubernetesFiles({ ...agentProps({ files: [certificate(), document], ...over }), ...more }),
    '.yaml',
  );
  return parseAllDocuments(text).map((parsed) => parsed.toJS() as Manifest);
}

const kinds = (all: readonly Manifest[]): string[] => all.map(({ kind }) => kind);
const of = (all: readonly Manifest[], kind: string): Manifest => all.find((manifest) => manifest.kind === kind)!;
const podOf = (all: readonly Manifest[]): Pod => of(all, 'Deployment').spec!.template.spec;

describe('the pod of an agent', () => {
  it('runs one agent that creates Secrets first, and one that renews files as a sidecar', () => {
    const { initContainers, containers } = podOf(manifests());
    expect(initContainers.map(({ name }) => name)).toEqual(['login', 'secrets', 'renew']);
    expect(initContainers[2]).toMatchObject({ restartPolicy: 'Always' });
    expect(containers.map(({ name }) => name)).toEqual(['program']);
  });

  it('writes only to memory', () => {
    const folders = podOf(manifests()).volumes.filter(({ emptyDir }) => emptyDir !== undefined);
    expect(folders.map(({ name }) => name)).toEqual(['token', 'files', 'secret-manifests']);
    for (const { emptyDir } of folders) expect(emptyDir).toMatchObject({ medium: 'Memory' });
  });

  it('mounts a token only in containers that need it: none for the program, and no API server token for agents', () => {
    const { initContainers, containers } = podOf(manifests());
    const holders = (volume: string): string[] =>
      [...initContainers, ...containers]
        .filter(({ volumeMounts }) => volumeMounts.some((mount) => mount.name === volume))
        .map(({ name }) => name);
    expect(holders('service-account')).toEqual(['login', 'renew']);
    expect(holders('kubernetes-api')).toEqual(['secrets']);
    const program = containers[0]!.volumeMounts;
    expect(program.map(({ name, readOnly }) => [name, readOnly])).toEqual([
      ['token', true],
      ['files', true],
    ]);
  });

  it.each(['/etc/vault', '/etc/vault/files'])(
    'has one volume when the files go to %s, beside the token',
    (directory) => {
      const pod = podOf(manifests({ directory }));
      expect(pod.volumes.map(({ name }) => name)).not.toContain('files');
      expect(pod.containers[0]!.volumeMounts.map(({ mountPath }) => mountPath)).toEqual(['/etc/vault']);
    },
  );

  it('shares the process namespace only when the agent signals the program', () => {
    expect(podOf(manifests())).not.toHaveProperty('shareProcessNamespace');
    expect(podOf(manifests({ command: ['pkill', '-HUP', 'java'] })).shareProcessNamespace).toBe(true);
  });

  it('is replaced when the configuration changes', () => {
    const checksum = (all: Manifest[]): object => of(all, 'Deployment').spec!.template.metadata.annotations;
    expect(checksum(manifests())).toEqual(checksum(manifests()));
    expect(checksum(manifests({ directory: '/etc/other' }))).not.toEqual(checksum(manifests()));
  });

  it('runs the command after renewals, not before the program starts', () => {
    const { data } = of(manifests({ command: ['pkill', '-HUP', 'java'] }), 'ConfigMap');
    expect(data!['renew.json']).toContain('pkill');
    expect(data!['login.json']).not.toContain('pkill');
  });
});

describe('the Role for Secrets', () => {
  it('allows writing by name, without reading', () => {
    expect(of(manifests(), 'Role').rules).toEqual([
      {
        apiGroups: [''],
        resources: ['secrets'],
        resourceNames: ['checkout-broker-broker', 'checkout-broker-settings.json'],
        verbs: ['create', 'patch'],
      },
    ]);
  });

  it('is absent, with the Secrets, when they are turned off', () => {
    const all = manifests({}, { secrets: false });
    expect(kinds(all)).toEqual(['ServiceAccount', 'ConfigMap', 'Deployment']);
    expect(podOf(all).initContainers.map(({ name }) => name)).toEqual(['login', 'renew']);
    expect(JSON.stringify(all)).not.toContain('kubernetes-api');
    expect(JSON.stringify(all)).not.toContain('kind\\":\\"Secret');
  });
});
