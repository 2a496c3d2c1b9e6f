import { problemsOf } from './small-inventory';

const cluster = (provisioner: string): string => `description: A cluster
address: https://vault.example.com
state: {backend: local}
provisioner:
${provisioner}`;

const jwt = (claims: string): string => `  login: jwt
  networks: [10.20.0.0/24]
  boundIssuer: https://ci.example.com
  discoveryUrl: https://ci.example.com
  audience: vault
  claims: ${claims}
`;

const messages = (provisioner: string): string[] =>
  problemsOf({ 'clusters/other.yaml': cluster(provisioner) }).map(({ message }) => message);

it('logs in with a token of the CI system, or with a SecretID', () => {
  expect(messages(jwt('{platform: {job: a}, engines: {job: b}, teams: {job: c}}'))).toEqual([]);
  expect(messages('  login: approle\n  networks: [10.20.0.0/24]\n')).toEqual([]);
});

it('needs networks, and a lifetime of at most 15 minutes', () => {
  expect(messages('  login: approle\n')).toHaveLength(1);
  expect(messages('  login: approle\n  networks: [10.20.0.0/24]\n  ttl: 15m\n')).toEqual([]);
  expect(messages('  login: approle\n  networks: [10.20.0.0/24]\n  ttl: 16m\n')).toEqual([
    'the provisioner’s token is valid for too long',
  ]);
});

it('has claims for each kind of stack that exclude each other', () => {
  expect(messages(jwt('{platform: {}, engines: {job: b}, teams: {job: c}}')).length).toBeGreaterThan(0);
  expect(messages(jwt('{platform: {job: a}, engines: {project: main}, teams: {job: c}}'))).toEqual([
    'a token can have these claims and those of `platform`, and would get the rights of both',
    'a token can have these claims and those of `engines`, and would get the rights of both',
  ]);
});

it('has claims that a pipeline cannot choose', () => {
  const problems = problemsOf({
    'clusters/other.yaml': cluster(jwt('{platform: {ref: a}, engines: {job: b, ref: b}, teams: {job: c}}')),
  });
  expect(problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
    '10:22 these claims bind no client: `ref`, whoever writes a pipeline chooses it, in any repository of the issuer',
    '10:66 a token can have these claims and those of `platform`, and would get the rights of both',
  ]);
});
