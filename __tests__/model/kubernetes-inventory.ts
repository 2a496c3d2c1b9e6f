import { block, certificate } from './pem';
import type { Edit } from './specify';

/** A cluster on Kubernetes with every key that does not exclude another. */
export const zurich = 'clusters/zurich.yaml';

export const kubernetesCluster = `description: A cluster on Kubernetes
dialect: vault
address: https://zurich.example.com
state: {backend: local}
platform: kubernetes
auth:
  beside:
    type: kubernetes
    description: Programs beside the servers
    host: https://kubernetes.default.svc
    audience: vault
    tokenReview: server
kubernetes:
  context: zurich
  namespace: vault
  image: registry.example.com/vault:1.21.4@sha256:4e33b126a59c0c333b76fb4e894722462659a6bec7c48c9ee8cea56fccfd2569
  imagePullSecrets: [registry]
  replicas: 5
  resources: {cpuRequest: 250m, cpuLimit: '2', memoryRequest: 1Gi, memoryLimit: 2Gi}
  placement:
    nodeSelector: {pool: vault}
    tolerations: [{key: dedicated, value: vault, effect: NoSchedule}, {key: spot}]
    separateNodes: preferred
    separateZones: required
    priorityClass: platform
  logLevel: warn
  ui: true
  tokenReview: true
  admissionPolicy: false
  terminationGrace: 2m
  clients:
    - {namespaces: {team: shop}, pods: {app: web}}
    - {pods: {app: agent}}
    - {cidr: 10.0.0.0/8}
  apiServer: {peers: [{cidr: 10.1.0.1/32}], port: 443}
  egress:
    directory: {peers: [{cidr: 10.2.0.0/24}], port: 636}
  storage:
    postgresql:
      host: db.example.com
      port: 5433
      database: vault-data
      user: vault-user
      passwordFile: {secret: database, key: file}
      authority: {secret: database-ca}
      connections: {maxParallel: 30, maxConnections: 200}
      clientImage: registry.example.com/postgres:18.1@sha256:1090bc3a8ccfb0b55f78a494d76f8d603434f7e4553543d6e807bc7bd6bbd17f
      peers: [{cidr: 10.3.0.0/24}]
  seal:
    awskms:
      region: eu-west-1
      keyId: alias/zurich
      endpoint: https://kms.example.com
      roleArn: arn:aws:iam::111122223333:role/zurich
      egress: [{cidr: 10.4.0.0/24}]
  certificate:
    certManager:
      issuer: {name: internal, kind: Issuer, group: example.com}
      duration: 36h
      renewBefore: 90m
  exposure:
    gateway:
      name: shared
      namespace: gateways
      section: tls
      redirect: {section: http}
      apiVersion: v1alpha2
      from: [{namespaces: {}, pods: {gateway: shared}}]
  audit:
    file: {rotateMebibytes: 10, keep: 2}
  monitoring:
    from: [{namespaces: {kubernetes.io/metadata.name: prometheus}}]
    labels: {release: prometheus}
    serviceMonitor: true
    rules: false
    dashboardLabels: {grafana_dashboard: '1'}
  backup:
    schedule: '0 */6 1-15,20 jan-jun mon'
    timeZone: Europe/Berlin
    bucket: zurich-backup
    prefix: vault/zurich
    region: garage
    endpoint: https://s3.example.com
    recipient: ${block(certificate, 6)}
    credentials: backup
    uploadImage: registry.example.com/rclone/rclone:1.71.2@sha256:3103526c506266a9ecdf064efe99bf3677d92ef6407af124d8c56b4f49cbaa51
    egress: [{cidr: 10.5.0.0/24}]
`;

/** As little as possible. */
export const bareKubernetes = `description: A cluster on Kubernetes
address: https://bare.example.com:8200
state: {backend: local}
platform: kubernetes
kubernetes:
  storage: {cloudNativePg: {}}
  certificate: selfSigned
`;

/** A change of that cluster’s file. */
export const edit = (find: string, replacement: string): Edit => [zurich, find, replacement];

/** Another value for a key of `kubernetes`, with all that stands below it. */
export function instead(key: string, value: string): Edit {
  const [found = ''] = new RegExp(`^  ${key}:(.*\n)(?:    .*\n)*`, 'm').exec(kubernetesCluster) ?? [];
  return edit(found, `  ${key}: ${value}\n`);
}
