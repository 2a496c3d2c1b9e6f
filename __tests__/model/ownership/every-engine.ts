import { certificate } from '../pem';

const indented = certificate.trim().replaceAll('\n', '\n      ');

const environment = `cluster: west
state: {backend: local}
trusts: [apps, pipelines, corporate, cloud]
limits: {sshTtl: 3650d}
engines:
  database:
    connections:
      books:
        plugin: postgresql
        url: 'postgresql://{{username}}:{{password}}@db.example.com:5432/books?sslmode=verify-full'
        username: vault
  aws: {region: eu-west-1}
  ssh: {}
authorities:
  services: {description: Services, commonName: Services, ttl: 3650d, maxLeafTtl: 365d}
`;

/** A cluster and two environments with every back end that teams share. */
export const everyEngine: Readonly<Record<string, string>> = {
  'clusters/west.yaml': `description: A cluster
dialect: vault
address: https://west.example.com
state: {backend: local}
auth:
  apps:
    type: kubernetes
    description: Programs
    host: https://kubernetes.example.com
    audience: vault
    caCertificate: |
      ${indented}
  pipelines: {type: jwt, description: Pipelines, boundIssuer: https://ci.example.com, discoveryUrl: https://ci.example.com}
  corporate:
    type: ldap
    description: People
    url: ldaps://ldap.example.com
    userDn: ou=people,dc=example,dc=com
    groupDn: ou=groups,dc=example,dc=com
    tuning: {maxLeaseTtl: 1d}
  cloud: {type: aws, description: Machines, region: eu-west-1, serverIdHeader: west.example.com}
`,
  'environments/devel.yaml': `description: An environment\n${environment}`,
  'environments/stag.yaml': `description: Another one\n${environment}`,
};
