/** Labels of Kubernetes objects; also what selects them. */
export type Labels = Readonly<Record<string, string>>;

/** One entry of a Secret. The value itself is never known here. */
export interface SecretEntry {
  /** Name of the Secret, in the servers' namespace. */
  readonly secret: string;
  readonly key: string;
}

/** The other side of a connection, as a NetworkPolicy names it. Both label sets together select pods that match both. */
export type NetworkPeer =
  | { readonly cidr: string }
  | {
      /** Namespaces that have these labels; `{}` is every one. @default - the servers' own namespace */
      readonly namespaces?: Labels;
      /** Pods that have these labels. @default - all */
      readonly pods?: Labels;
    };

/**
 * How a cluster's servers run on Kubernetes. From `kubernetes:` of a cluster with `platform: kubernetes`; every default is
 * filled in.
 */
export interface KubernetesServer {
  readonly platform: 'kubernetes';
  /** Context of the kubeconfig that holds the cluster, so that no other one is changed by mistake. @default - the current one */
  readonly context?: string;
  /** Namespace that holds the servers and nothing else. */
  readonly namespace: string;
  /** Container image of the server, which holds the program and a shell. */
  readonly image: string;
  /** Names of Secrets with credentials for registries. */
  readonly imagePullSecrets: readonly string[];
  readonly replicas: 3 | 5;
  readonly resources: PodResources;
  readonly placement: Placement;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error';
  /** Serves the user interface. */
  readonly ui: boolean;
  /** Lets OpenBao's standbys answer reads. See `constructs/server/configuration.ts` for what that costs. */
  readonly standbyReads: boolean;
  /** Lets the servers review tokens of ServiceAccounts of this Kubernetes: binds them to `system:auth-delegator`. */
  readonly tokenReview: boolean;
  /** Seconds a server gets to end by itself before it is killed. */
  readonly terminationGraceSeconds: number;
  /** Who may talk to the servers, besides the controller that exposes them. */
  readonly clients: readonly NetworkPeer[];
  /** Addresses of the API server as a NetworkPolicy sees them: behind its Service. Pods register themselves there. */
  readonly apiServer: { readonly peers: readonly NetworkPeer[]; readonly port: number };
  /** What else the servers connect to: directories, databases of engines, API servers of other clusters. */
  readonly egress: readonly ServerEgress[];
  readonly storage: ServerStorage;
  readonly seal: ServerSeal;
  readonly certificate: ServerCertificate;
  readonly exposure: Exposure;
  readonly audit: ServerAudit;
  /** @default - not watched */
  readonly monitoring?: Monitoring;
  /** @default - none */
  readonly backup?: Backup;
}

/** A port that the servers may connect to. */
export interface ServerEgress {
  /** Ends the name of its NetworkPolicy. */
  readonly purpose: string;
  readonly peers: readonly NetworkPeer[];
  readonly port: number;
}

/** Quantities in Kubernetes' own notation. */
export interface PodResources {
  readonly cpuRequest: string;
  /** @default - none: a limit would throttle a leader just when it takes over */
  readonly cpuLimit?: string;
  readonly memoryRequest: string;
  readonly memoryLimit: string;
}

/** Where pods may run. */
export interface Placement {
  /** Labels of the nodes. */
  readonly nodeSelector: Labels;
  readonly tolerations: readonly Toleration[];
  /** Whether two servers may share a node, or are only kept apart if possible. */
  readonly separateNodes: 'required' | 'preferred';
  /** Whether servers must be spread over zones, or are if possible. */
  readonly separateZones: 'required' | 'preferred';
  /** Name of an existing PriorityClass. @default - one of the servers' own is made */
  readonly priorityClass?: string;
}

export interface Toleration {
  readonly key: string;
  /** @default - any value */
  readonly value?: string;
  /** @default - every effect */
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

export type ServerStorage = PostgresqlStorage | CloudNativePostgresqlStorage;

interface AnyPostgresqlStorage {
  readonly database: string;
  /** What limits the servers' connections. */
  readonly connections: {
    /** `max_parallel` of each server. @default - 64, or what `maxConnections` leaves for each */
    readonly maxParallel?: number;
    /** `max_connections` of the database. @default - unknown; an operator's database gets what is needed */
    readonly maxConnections?: number;
  };
  /** Image with `psql` and `pg_dump`, no older than the server. */
  readonly clientImage: string;
}

/** A PostgreSQL that exists. The connection always verifies the database's certificate and name. */
export interface PostgresqlStorage extends AnyPostgresqlStorage {
  readonly kind: 'postgresql';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Password file of PostgreSQL, a line `host:port:database:user:password`: see docs/decisions/0026-database-password.md. */
  readonly passwordFile: SecretEntry;
  /** PEM of the authority that signed the database's certificate. @default - what the image trusts */
  readonly authority?: SecretEntry;
  /** Where the database is, for the NetworkPolicy. */
  readonly peers: readonly NetworkPeer[];
}

/** A PostgreSQL that the CloudNativePG operator provides, in the servers' namespace. */
export interface CloudNativePostgresqlStorage extends AnyPostgresqlStorage {
  readonly kind: 'cloudNativePg';
  readonly instances: number;
  /** Size of each instance's volume. */
  readonly size: string;
  /** @default - the cluster's default class */
  readonly storageClass?: string;
  /** Image of PostgreSQL. @default - what the operator is set to */
  readonly image?: string;
  readonly resources: PodResources;
  /** Namespace of the operator, which reaches its databases. */
  readonly operatorNamespace: string;
}

/** What protects the key that everything is encrypted by. Credentials come from a Secret, or from the pod's identity. */
export type ServerSeal =
  /** Shares held by several people. */
  | { readonly kind: 'shamir' }
  | {
      readonly kind: 'awskms';
      readonly region: string;
      readonly keyId: string;
      readonly endpoint?: string;
      /** Secret with `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`. @default - the pod's role */
      readonly credentials?: string;
      /** ARN of the role that the ServiceAccount assumes. @default - none */
      readonly roleArn?: string;
      readonly egress: readonly NetworkPeer[];
    }
  | {
      readonly kind: 'gcpckms';
      readonly project: string;
      readonly region: string;
      readonly keyRing: string;
      readonly cryptoKey: string;
      /** Google service account that the ServiceAccount stands for. @default - none */
      readonly serviceAccount?: string;
      readonly egress: readonly NetworkPeer[];
    }
  | {
      readonly kind: 'azurekeyvault';
      readonly tenantId: string;
      readonly vaultName: string;
      readonly keyName: string;
      /** Secret with `AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET`. @default - the pod's identity */
      readonly credentials?: string;
      /** Client of the workload identity. @default - none */
      readonly clientId?: string;
      readonly egress: readonly NetworkPeer[];
    }
  | {
      readonly kind: 'transit';
      readonly address: string;
      readonly mountPath: string;
      readonly keyName: string;
      readonly token: SecretEntry;
      /** PEM of the authority of the other server. @default - what the image trusts */
      readonly authority?: SecretEntry;
      readonly egress: readonly NetworkPeer[];
    };

/** Where the servers' own certificate comes from. */
export type ServerCertificate =
  /** A Secret of type `kubernetes.io/tls` that exists. */
  | { readonly kind: 'secret'; readonly secret: string }
  | {
      readonly kind: 'certManager';
      readonly issuer: { readonly name: string; readonly kind: 'Issuer' | 'ClusterIssuer'; readonly group: string };
      /** Go durations, for example `2160h`. */
      readonly duration: string;
      readonly renewBefore: string;
    }
  /** An authority and a certificate that `platform server certificate` makes, for clusters that nobody else uses. */
  | { readonly kind: 'selfSigned' };

/** How clients outside of Kubernetes reach the active server. TLS always ends at the server. */
export type Exposure =
  | {
      /** `haproxy`: of HAProxy Technologies; `haproxy-ingress`: of jcmoraisjr; `nginx`: ingress-nginx, retired in March 2026. */
      readonly controller: 'haproxy' | 'haproxy-ingress' | 'nginx';
      readonly ingressClass: string;
      /** Whether HTTP is answered by a redirection to HTTPS. */
      readonly redirect: boolean;
      readonly from: readonly NetworkPeer[];
    }
  | {
      readonly controller: 'traefik';
      readonly entryPoint: string;
      /** Entry point whose requests are redirected to HTTPS. @default - no redirection */
      readonly redirectEntryPoint?: string;
      readonly from: readonly NetworkPeer[];
    }
  | {
      readonly controller: 'gateway';
      readonly gateway: GatewayListener;
      /** Listener whose requests are redirected to HTTPS. @default - no redirection */
      readonly redirect?: GatewayListener;
      readonly apiVersion: 'v1' | 'v1alpha3' | 'v1alpha2';
      readonly from: readonly NetworkPeer[];
    }
  | {
      readonly controller: 'aws-nlb';
      readonly scheme: 'internal' | 'internet-facing';
      readonly sourceRanges: readonly string[];
      readonly annotations: Labels;
    }
  | { readonly controller: 'load-balancer'; readonly sourceRanges: readonly string[]; readonly annotations: Labels }
  | { readonly controller: 'node-port'; readonly nodePort?: number; readonly sourceRanges: readonly string[] }
  | { readonly controller: 'none' };

export interface GatewayListener {
  readonly name: string;
  readonly namespace: string;
  /** Name of the listener. @default - every one that fits */
  readonly section?: string;
}

/** Where every request and answer is written to. */
export type ServerAudit =
  | { readonly kind: 'stdout' }
  | {
      readonly kind: 'file';
      /** A file is set aside once it is so large. */
      readonly rotateMebibytes: number;
      /** How many are kept beside the one that is written. */
      readonly keep: number;
    };

export interface Monitoring {
  /** Who reads the metrics. */
  readonly from: readonly NetworkPeer[];
  /** Labels by which the Prometheus operator finds its objects. */
  readonly labels: Labels;
  readonly serviceMonitor: boolean;
  readonly rules: boolean;
  /** Labels by which Grafana finds the ConfigMap. @default - no dashboard */
  readonly dashboardLabels?: Labels;
}

/** A dump of the database, encrypted to a certificate before it leaves the pod. */
export interface Backup {
  /** Schedule of cron, in `timeZone`. */
  readonly schedule: string;
  readonly timeZone: string;
  readonly bucket: string;
  /** Begins the names of objects, without slashes at its ends. */
  readonly prefix: string;
  readonly region: string;
  /** URL of S3-compatible storage. @default - AWS */
  readonly endpoint?: string;
  /** PEM of the authority of the storage. @default - what the image trusts */
  readonly authority?: SecretEntry;
  /** PEM of the certificate whose key alone can decrypt; that key is never in Kubernetes. */
  readonly recipient: string;
  /** Secret with `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`. @default - the pod's role */
  readonly credentials?: string;
  /** ARN of the role that the backup's ServiceAccount assumes. @default - none */
  readonly roleArn?: string;
  /** Image with `rclone`. */
  readonly uploadImage: string;
  /** Where the storage is, for the NetworkPolicy. */
  readonly egress: readonly NetworkPeer[];
}
