import { kubernetesCluster, zurich } from './kubernetes-inventory';
import { block, certificate, publicKey } from './pem';

/** An inventory with every key there is, as a platform has them in the end. */
export const richInventory: Readonly<Record<string, string>> = {
  'clusters/west.yaml': `description: A cluster
dialect: vault
address: https://west.example.com:8200
state: {backend: local}
auditedHeaders: [X-Request-Id]
auth:
  apps:
    type: kubernetes
    description: Programs in a cluster
    host: https://kubernetes.example.com:6443
    issuer: https://kubernetes.default.svc
    audience: vault
    caCertificate: ${block(certificate, 6)}
    tuning: {defaultLeaseTtl: 10m, maxLeaseTtl: 1h, listingVisibility: unauth}
  home:
    type: kubernetes
    description: Programs beside the servers
    host: https://10.0.0.1:443
    audience: vault
    tokenReview: server
  pipelines:
    type: jwt
    description: Pipelines
    supportedAlgorithms: [ES256]
    boundIssuer: https://ci.example.com
    publicKeys:
      - ${block(publicKey, 8)}
  people:
    type: oidc
    description: People in a browser
    discoveryUrl: https://login.example.com/realm
    clientId: vault
    redirectUris: [https://west.example.com:8200/ui/vault/auth/people/oidc/callback, http://localhost:8250/oidc/callback]
  corporate:
    type: ldap
    description: People in a directory
    url: ldap://ldap.example.com
    startTls: true
    userDn: ou=people,dc=example,dc=com
    groupDn: ou=groups,dc=example,dc=com
    tuning: {maxLeaseTtl: 12h}
  cloud:
    type: aws
    description: Programs on AWS
    region: eu-west-1
    serverIdHeader: west.example.com
provisioner:
  login: jwt
  networks: [10.20.0.0/24]
  boundIssuer: https://ci.example.com
  discoveryUrl: https://ci.example.com
  audience: https://west.example.com:8200
  claims:
    platform: {repository: example/vault-platform, environment: vault-platform}
    engines: {repository: example/vault-platform, environment: vault-engines}
    teams: {repository: example/vault-platform, environment: vault-teams}
`,
  [zurich]: kubernetesCluster,
  'environments/devel.yaml': `description: An environment
cluster: west
state: {backend: local}
trusts: [apps, pipelines, people, corporate, cloud]
appRoleMount: own
engines:
  keyValue: {maxVersions: 5, casRequired: true, deleteVersionAfter: 90d}
  keyValue1: {}
  transit: {tuning: {maxLeaseTtl: 1h}}
  database:
    connections:
      warehouse:
        plugin: postgresql
        url: postgresql://{{username}}:{{password}}@db.example.com:5432/warehouse?sslmode=verify-full
        username: vault
      shop:
        plugin: mysql
        url: '{{username}}:{{password}}@tcp(db.example.com:3306)/?tls=true'
        username: vault
        maxOpenConnections: 8
  aws: {region: eu-west-1, maxTtl: 6h}
  ssh: {}
authorities:
  # Before the one that signs it: the order is found.
  kafka:
    description: Certificates of brokers and clients
    commonName: Kafka
    signedBy: root
    ttl: 1825d
    maxLeafTtl: 30d
    issuers: ['2025', '2026']
    crlTtl: 24h
    acme: true
  root:
    description: Signs the others
    commonName: Root
    organization: Example
    keyType: rsa
    keyBits: 4096
    ttl: 3650d
    maxLeafTtl: 1825d
  vault:
    description: Signed by hand
    commonName: Offline
    signedBy: offline
    ttl: 365d
    maxLeafTtl: 30d
    issuers:
      - name: '2025'
        signedCertificate: ${block(certificate, 10)}
      - '2026'
quotas: {requestsPerSecond: 1000}
owners:
  databases:
    warehouse:
      - for: [streaming/bus]
        memberOf: [reader]
    shop:
      - for: [streaming/bus]
        accounts: [batch]
  authorities:
    kafka:
      - for: [streaming/bus]
        domains: [devel.kafka.example.com, localhost]
        subdomains: true
        ipAddresses: true
      - for: [streaming/bus]
        domains: [reader]
  ssh:
    - for: [streaming/bus]
      principals: [ops-devel]
      maxTtl: 2h
  aws:
    - for: [streaming/bus]
      roleArns: [arn:aws:iam::111122223333:role/upload]
  authMethods:
    apps:
      - for: [streaming/bus]
        namespaces: [bus-devel]
        serviceAccounts: [broker]
    corporate:
      - for: [streaming/bus]
        groups: [bus-devel]
    pipelines:
      - for: [streaming/bus]
        boundClaims:
          repository: [example/bus]
          ref: [refs/heads/devel]
    people:
      - for: [streaming/bus]
        boundClaims:
          groups: [bus-*]
    cloud:
      - for: [streaming/bus]
        iamPrincipalArns: [arn:aws:iam::111122223333:role/bus]
limits:
  tokenMaxTtl: 32d
  certificateTtl: 3650d
  exceptions:
    - {for: [streaming/bus], limit: sshTtl, to: 3d, reason: Long maintenance, until: 2999-01-01}
`,
  'environments/stag.yaml': `description: Another environment
cluster: west
state: {backend: local}
trusts: [apps, corporate]
authorities:
  kafka: {description: Certificates, commonName: Kafka, ttl: 365d, maxLeafTtl: 60d}
owners:
  authorities:
    kafka:
      - for: [streaming/bus]
        domains: [stag.kafka.example.com, localhost]
        subdomains: true
        ipAddresses: true
  authMethods:
    apps:
      - for: [streaming/bus]
        namespaces: [bus-stag]
        serviceAccounts: [broker]
    corporate:
      - for: [streaming/bus]
        groups: [bus-stag]
  grants:
    - for: [streaming/bus]
      from: devel
      paths: [tests/*]
      operations: [create, read, list]
`,
  'tenants/streaming/bus.yaml': `description: An event bus
environments: [devel, stag]
keySet: none
certificates:
  broker:
    authority: kafka
    use: peer
    domains: ['{environment}.kafka.example.com', localhost]
    subdomains: true
    ipAddresses: true
    ttl: 1d
    maxTtl: 7d
  client: {authority: kafka, use: client, domains: [reader], ttl: 1h, environments: [devel]}
keys:
  card: {type: aes256-gcm96, autoRotate: 90d, convergent: true, environments: [devel]}
databases:
  report: {connection: warehouse, kind: dynamic, memberOf: [reader], ttl: 1h, maxTtl: 1d, environments: [devel]}
  batch: {connection: shop, kind: static, username: batch, rotationPeriod: 1d, environments: [devel]}
awsRoles:
  upload: {kind: assumed-role, roleArns: ['arn:aws:iam::111122223333:role/upload'], ttl: 30m, environments: [devel]}
sshRoles:
  ops: {certificateType: user, principals: ['ops-{environment}'], ttl: 30m, maxTtl: 2h, environments: [devel]}
policies:
  - name: program
    environments: [devel, stag]
    reason: Brokers renew their certificates
    grants:
      - {certificate: broker, operations: [issue, revoke]}
      - {path: configs, operations: [read]}
    logins:
      - {type: approle}
      - {type: kubernetes, serviceAccounts: [broker], namespaces: ['bus-{environment}']}
      - {type: ldap, groups: ['bus-{environment}']}
  - name: all
    environments: [devel]
    reason: Everything there is
    grants:
      - {environment: stag, path: tests/*, operations: [create, read, list]}
      - {path: tests/, operations: [list]}
      - {document1: legacy/*, operations: [read]}
      - {certificate: client}
      - {key: card, operations: [encrypt, decrypt]}
      - {database: report}
      - {database: batch}
      - {aws: upload}
      - {ssh: ops}
    logins:
      - {type: jwt, audiences: [vault], boundClaims: {repository: [example/bus], ref: ['refs/heads/{environment}']}}
      - {type: oidc, boundClaims: {groups: ['bus-*']}, boundClaimsType: glob, scopes: [groups]}
      - {type: aws, authType: iam, iamPrincipalArns: ['arn:aws:iam::111122223333:role/bus']}
      - {type: token, orphan: true, renewable: false}
identity:
  metadata: {cost-center: '42', stage: 'bus-{environment}'}
quotas: {requestsPerSecond: 100, loginsPerSecond: 10}
agents:
  broker:
    policy: program
    directory: /etc/bus/{environment}
    certificates:
      - name: broker
        commonName: '{environment}.kafka.example.com'
        altNames: ['one.{environment}.kafka.example.com']
        ipAddresses: [10.0.0.7]
        ttl: 12h
        format: java
    documents:
      - {path: configs, file: configs.json}
    command: [systemctl, reload, bus]
overrides:
  stag: {reason: It was there before, keySet: existing}
`,
};
