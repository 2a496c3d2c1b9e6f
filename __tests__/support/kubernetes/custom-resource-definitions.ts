import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';

/** A Go module, and where the definitions are in it: a file, or a folder of them. */
interface Source {
  readonly module: string;
  /** Pinned; `go mod download` checks it against Go's checksum database. */
  readonly version: string;
  readonly path: string;
}

const sources = {
  traefik: {
    module: 'github.com/traefik/traefik/v3',
    version: 'v3.6.12',
    path: 'docs/content/reference/dynamic-configuration/kubernetes-crd-definition-v1.yml',
  },
  'cert-manager': {
    module: 'github.com/cert-manager/cert-manager',
    version: 'v1.19.1',
    path: 'deploy/crds/cert-manager.io_certificates.yaml',
  },
  'prometheus-operator': {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    path: 'example/prometheus-operator-crd',
  },
  'cloud-native-pg': {
    module: 'github.com/cloudnative-pg/cloudnative-pg',
    version: 'v1.27.1',
    path: 'config/crd/bases/postgresql.cnpg.io_clusters.yaml',
  },
  // The standard ones do not serve TLSRoute v1alpha2, which Traefik 3.6 reads.
  'gateway-api': { module: 'sigs.k8s.io/gateway-api', version: 'v1.5.1', path: 'config/crd/experimental' },
} satisfies Record<string, Source>;

export type DefinedBy = keyof typeof sources;

/** Why there are no definitions of others here; undefined if there are. */
export function definitionsMissing(): string | undefined {
  const failed = spawnSync('go', ['version']).status !== 0;
  return failed ? 'Go, which fetches the definitions of custom resources, is not on PATH' : undefined;
}

/** Files (YAML) with the custom resource definitions of another project, as that publishes them. */
export async function crdsOf(project: DefinedBy): Promise<string[]> {
  const { module, version, path: within } = sources[project];
  const { stdout } = await execa('go', ['mod', 'download', '-json', `${module}@${version}`], {
    env: { GOFLAGS: '', GOWORK: 'off' },
  });
  const place = path.join((JSON.parse(stdout) as { readonly Dir: string }).Dir, within);
  if (/\.ya?ml$/.test(place)) return [place];
  const files = readdirSync(place).filter((file) => /\.ya?ml$/.test(file) && !file.startsWith('kustomization'));
  return files.sort().map((file) => path.join(place, file));
}
