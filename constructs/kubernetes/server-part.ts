import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';

import type { Cluster } from '../../model/cluster/cluster';
import type { Labels, NetworkPeer, SecretEntry } from '../../model/cluster/kubernetes/parts';
import type { KubernetesServer } from '../../model/cluster/kubernetes/server';
import { serverName } from '../../model/names';
import { serverLabels } from '../../model/server-names';

/** What every part of a deployment is told about it. */
export interface ServerContext {
  readonly cluster: Pick<Cluster, 'name' | 'dialect' | 'address'>;
  readonly server: KubernetesServer;
  /** Begins the names of all objects: `openbao` or `vault`. */
  readonly name: string;
  /** Labels of every object. */
  readonly labels: Labels;
  /** Labels that select the servers' pods and nothing else. */
  readonly podLabels: Labels;
  /** What every object has to come after: the namespace. */
  readonly dependsOn: ITerraformDependable[];
}

/** A value in a container's environment. */
export interface EnvironmentVariable {
  readonly name: string;
  /** The value itself, a field of the pod (`metadata.name`), or an entry of a Secret. `$(NAME)` stands for variables before it. */
  readonly from: { readonly value: string } | { readonly field: string } | SecretEntry;
}

/** A volume, and where the container sees it. */
export interface MountedVolume {
  readonly name: string;
  readonly mountPath: string;
  readonly source:
    /** `items`: key → file name. @default - every key, by its own name */
    | { readonly secret: string; readonly items?: Labels }
    | { readonly configMap: string; readonly items?: Labels }
    /** In memory, or on the node's disk up to a size. */
    | { readonly emptyDir: 'memory' | { readonly sizeLimit: string } };
}

/** A port that pods connect to. */
export interface Egress {
  /** Ends the name of the NetworkPolicy: `<name>-to-<purpose>`. */
  readonly purpose: string;
  readonly peers: readonly NetworkPeer[];
  readonly port: number;
}

/** What one part of a deployment, its storage or its seal say, asks of the servers' pods. */
export interface ServerPart {
  /** Stanzas of the servers' configuration. They hold no secret. */
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly environment?: readonly EnvironmentVariable[];
  readonly volumes?: readonly MountedVolume[];
  readonly egress?: readonly Egress[];
  /** Annotations of the ServiceAccount, for identities of a cloud. */
  readonly serviceAccountAnnotations?: Labels;
  /** Labels of the pods besides those of the deployment. */
  readonly podLabels?: Labels;
  /** What has to be there before the pods start. */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** A part that varies: storage, seal, certificate, audit. Adding a kind touches its file and the list beside it. */
export interface IServerPart {
  /** Makes what the part needs in Kubernetes, below `scope`, and says what pods need. */
  bind(scope: Construct, context: ServerContext): ServerPart;
}

/**
 * @param server how the cluster is deployed
 * @param dependsOn what every object has to come after
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
