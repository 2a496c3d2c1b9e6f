import { bareKubernetes, kubernetesCluster } from './kubernetes-inventory';
import { block, certificate } from './pem';

const environment = (cluster: string): string => `description: An environment
cluster: ${cluster}
state: {backend: s3, bucket: some-state, region: eu-west-1}
`;

/** Two auth methods of each type, so that a login can name one or the other. */
const methods = (name: (type: string) => string): string => `
  ${name('kubernetes')}:
    type: kubernetes
    description: Programs
    host: https://kubernetes.example.com:6443
    audience: vault
    caCertificate: ${block(certificate, 6)}
  ${name('jwt')}:
    type: jwt
    description: Pipelines
    boundIssuer: https://ci.example.com
    discoveryUrl: https://ci.example.com
  ${name('oidc')}:
    type: oidc
    description: People in a browser
    discoveryUrl: https://login.example.com
    clientId: vault
    redirectUris: [http://localhost:8250/oidc/callback]
  ${name('ldap')}:
    type: ldap
    description: People in a directory
    url: ldaps://ldap.example.com
    userDn: ou=people,dc=example,dc=com
    groupDn: ou=groups,dc=example,dc=com
    tuning: {maxLeaseTtl: 24h}
  ${name('aws')}:
    type: aws
    description: Programs on AWS
    region: eu-west-1
    serverIdHeader: west.example.com
`;

const types = ['kubernetes', 'jwt', 'oidc', 'ldap', 'aws'];
const trusts = types.flatMap((type) => [type, `sample-${type}`]).join(', ');

const engines = `engines:
  keyValue1: {}
  transit: {}
  database:
    connections:
      warehouse: {plugin: postgresql, url: '${'postgresql://{{username}}:{{password}}@db.example.com:5432/app?sslmode=verify-full'}', username: vault}
      other: {plugin: mysql, url: '{{username}}:{{password}}@tcp(db.example.com:3306)/?tls=true', username: vault}
      sample: {plugin: postgresql, url: '${'postgresql://{{username}}:{{password}}@sample.example.com:5432/app?sslmode=verify-full'}', username: vault}
  aws: {region: eu-west-1}
  ssh: {}
authorities:
  kafka: {description: Certificates, commonName: Kafka, ttl: 365d, maxLeafTtl: 60d, issuers: ['2025', '2026']}
  sample: {description: Certificates, commonName: Sample, ttl: 365d, maxLeafTtl: 60d}
  elsewhere:
    description: Signed by hand
    commonName: Offline
    signedBy: offline
    ttl: 365d
    maxLeafTtl: 60d
    issuers:
      - {name: '2025', signedCertificate: ${JSON.stringify(certificate)}}
`;

/** What a tenant has in engines: of each kind one that a policy grants, one that may take its place, and a spare one. */
const owned = (of: string, entry: string): string =>
  `${of}:\n${['used', 'sample', 'spare'].map((name) => `  ${name}: ${entry}\n`).join('')}`;

const tenant = `description: An event bus
environments: [devel, sample]
${owned('certificates', '{authority: kafka, use: peer, domains: [bus.example.com], subdomains: true, ipAddresses: true, ttl: 1d, maxTtl: 7d}')}
${owned('keys', '{type: aes256-gcm96}')}
${owned('databases', '{connection: warehouse, kind: dynamic, memberOf: [reader], ttl: 1h}')}
  existing: {connection: warehouse, kind: static, username: existing, rotationPeriod: 1d}
  made: {connection: warehouse, kind: dynamic, creationStatements: ["CREATE ROLE \\"{{name}}\\" PASSWORD '{{password}}'"], ttl: 1h}
${owned('awsRoles', "{kind: assumed-role, roleArns: ['arn:aws:iam::111122223333:role/upload']}")}
  federated: {kind: federation-token, policyArns: ['arn:aws:iam::111122223333:policy/upload']}
${owned('sshRoles', '{certificateType: user, principals: [ops], ttl: 30m}')}
policies:
  - name: agents
    environments: [devel]
    reason: Everything that agents need
    grants:
      - {certificate: used, operations: [issue]}
      - {certificate: sample, operations: [issue]}
      - {path: configs/*, operations: [read]}
      - {path: configs, operations: [read]}
      - {path: sample/*, operations: [read]}
      - {path: sample, operations: [read]}
    logins:
      - {type: approle}
      - {type: kubernetes, method: kubernetes, serviceAccounts: [bus], namespaces: [bus]}
  - name: sample
    environments: [devel]
    reason: Another one for agents
    grants:
      - {certificate: used, operations: [issue]}
      - {path: configs, operations: [read]}
    logins:
      - {type: kubernetes, method: kubernetes, serviceAccounts: [bus], namespaces: [bus]}
  - name: all
    environments: [devel]
    reason: Everything there is
    grants:
      - {path: tests/, operations: [list]}
      - {environment: sample, path: tests/one, operations: [read]}
      - {document1: legacy/one, operations: [read]}
      - {certificate: used}
      - {key: used, operations: [encrypt]}
      - {database: used}
      - {aws: used}
      - {ssh: used}
    logins:
      - {type: approle}
      - {type: kubernetes, method: kubernetes, serviceAccounts: [bus], namespaces: [bus]}
      - {type: jwt, method: jwt, audiences: [vault], boundClaims: {repository: [example/bus]}}
      - {type: oidc, method: oidc, boundClaims: {groups: [bus]}}
      - {type: ldap, method: ldap, groups: [bus]}
      - {type: aws, method: aws, authType: iam, iamPrincipalArns: ['arn:aws:iam::111122223333:role/bus']}
      - {type: token}
  - name: machines
    environments: [devel]
    reason: Machines on AWS
    grants:
      - {path: tests/two, operations: [read]}
    logins:
      - {type: aws, method: aws, authType: ec2, iamInstanceProfileArns: ['arn:aws:iam::111122223333:instance-profile/bus'], accountIds: ['111122223333'], vpcIds: [vpc-12345678]}
identity:
  metadata: {cost-center: '42'}
agents:
  bus:
    policy: agents
    directory: /etc/bus
    certificates:
      - {name: used, commonName: bus.example.com}
    documents:
      - {path: configs, file: configs.json}
    command: [reload]
overrides:
  sample: {reason: It was there before, keySet: existing, appRole: {tokenTtl: 2m}}
`;

const cluster = `description: A cluster
dialect: vault
address: https://west.example.com:8200
state: {backend: s3, bucket: some-state, region: eu-west-1}
auth:${methods((type) => type)}${methods((type) => `sample-${type}`)}`;

/** Every kind of thing that does not need servers on Kubernetes, with alternatives named `sample`. */
const everything: Readonly<Record<string, string>> = {
  'clusters/west.yaml': cluster,
  'clusters/sample.yaml': `description: A cluster\naddress: https://sample.example.com\nstate: {backend: local}\n`,
  'environments/devel.yaml': `${environment('west')}trusts: [${trusts}]\nappRole: {}\n${engines}`,
  'environments/sample.yaml': `${environment('west')}trusts: [${trusts}]\n${engines}`,
  'environments/spare.yaml': environment('west'),
  'tenants/streaming/bus.yaml': tenant,
  'tenants/streaming/small.yaml': 'description: Small\nenvironments: [devel]\n',
};

/** Servers on Kubernetes; kinds that a file does not have are put in the place of those that it has. */
const servers = (cluster: string): Readonly<Record<string, string>> => ({
  'clusters/zurich.yaml': cluster,
  'environments/devel.yaml': environment('zurich'),
});

const openbao = `description: A cluster on Kubernetes
address: https://bare.example.com
state: {backend: local}
platform: kubernetes
kubernetes:
  storage: {cloudNativePg: {}}
  certificate: selfSigned
  standbyReads: true
  monitoring: {}
  backup:
    bucket: some-backup
    region: eu-west-1
    recipient: ${block(certificate, 6)}
`;

/** Inventories that together have every kind of thing. */
export const inventories: readonly Readonly<Record<string, string>>[] = [
  everything,
  servers(kubernetesCluster),
  servers(openbao),
  servers(bareKubernetes.replace('bare.example.com:8200', 'bare.example.com')),
];
