import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';

import type { Cluster } from '../../model/cluster/cluster';
import type { Labels, NetworkPeer, SecretEntry } from '../../model/cluster/kubernetes/parts';
import type { KubernetesServer } from '../../model/cluster/kubernetes/server';
import { serverName } from '../../model/names';
import { serverLabels } from '../../model/server-names';

/** Input of every part of a deployment. */
export interface ServerContext {
  readonly cluster: Pick<Cluster, 'name' | 'dialect' | 'address'>;
  readonly server: KubernetesServer;
  /** Prefix of the names of all objects: `openbao` or `vault`. */
  readonly name: string;
  /** Labels of every object. */
  readonly labels: Labels;
  /** Labels that select only the servers' pods. */
  readonly podLabels: Labels;
  /** Element that Terraform creates before all objects: the namespace. */
  readonly dependsOn: ITerraformDependable[];
}

/** An environment variable of a container. */
export interface EnvironmentVariable {
  readonly name: string;
  /** A value, a field of the pod (`metadata.name`), or an entry of a Secret. Values can contain earlier variables as `$(NAME)`. */
  readonly from: { readonly value: string } | { readonly field: string } | SecretEntry;
}

/** A volume, and where it is mounted. */
export interface MountedVolume {
  readonly name: string;
  readonly mountPath: string;
  readonly source:
    /** `items`: key → file name. @default - every key, by its own name */
    | { readonly secret: string; readonly items?: Labels }
    | { readonly configMap: string; readonly items?: Labels }
    /** The token of the ServiceAccount, the CA of the API server and the namespace, as Kubernetes mounts them by default. */
    | { readonly serviceAccountToken: true }
    /** In memory, or on the node's disk with a size limit. */
    | { readonly emptyDir: 'memory' | { readonly sizeLimit: string } };
}

/** A connection from the pods. */
export interface Egress {
  /** Suffix of the NetworkPolicy's name: `<name>-to-<purpose>`. */
  readonly purpose: string;
  readonly peers: readonly NetworkPeer[];
  readonly port: number;
}

/** Requirements of one part of a deployment, for example its storage or seal, on the servers' pods. */
export interface ServerPart {
  /** Stanzas of the servers' configuration, without secrets. */
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly environment?: readonly EnvironmentVariable[];
  readonly volumes?: readonly MountedVolume[];
  readonly egress?: readonly Egress[];
  /** Annotations of the ServiceAccount, for workload identities of a cloud. */
  readonly serviceAccountAnnotations?: Labels;
  /** Labels of the pods besides those of the deployment. */
  readonly podLabels?: Labels;
  /** Elements that Terraform creates before the pods. */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** A part with several kinds: storage, seal, certificate, audit. To add a kind, write its file and add it to the list beside it. */
export interface IServerPart {
  /** Creates the Kubernetes objects of the part below `scope`, and returns its requirements on the pods. */
  bind(scope: Construct, context: ServerContext): ServerPart;
}

/**
 * @param server deployment settings of the cluster
 * @param dependsOn elements that Terraform creates before all objects
 */
export function serverContext(
  cluster: ServerContext['cluster'],
  server: KubernetesServer,
  dependsOn: readonly ITerraformDependable[] = [],
): ServerContext {
  const common = serverLabels(cluster);
  return {
    cluster,
    server,
    name: serverName(cluster),
    labels: { ...common, 'app.kubernetes.io/managed-by': 'terraform', 'app.kubernetes.io/part-of': 'vault-platform' },
    podLabels: { ...common, 'app.kubernetes.io/component': 'server' },
    dependsOn: [...dependsOn],
  };
}
