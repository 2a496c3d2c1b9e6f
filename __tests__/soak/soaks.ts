/** A test or benchmark that repeats something so often that CI only runs a part of it. */
export interface Soak {
  readonly what: string;
  /** How often, in full. */
  readonly count: string;
  readonly command: readonly [string, ...string[]];
}

const tests = (project: string, file: string): Soak['command'] => [
  'jest',
  `--selectProjects=${project}`,
  '--runInBand',
  '--runTestsByPath',
  `__tests__/${file}`,
];

/** What `npm run soak` runs. */
export const soaks: readonly Soak[] = [
  { what: 'broken inventories', count: '10,000', command: tests('unit', 'model/fuzz.test.ts') },
  ...['cluster', 'environment', 'tenant'].map((kind) => ({
    what: `settings in the file of a ${kind} that change what is synthesised`,
    count: 'all',
    command: tests('unit', `model/leaves-of-${kind}.test.ts`),
  })),
  {
    what: 'pairs of policies, compared with brute force over all short paths',
    count: '200,000',
    command: tests('unit', 'access/sets/brute-force.test.ts'),
  },
  {
    what: 'pairs of conditions, compared with brute force over some requests',
    count: '100,000',
    command: tests('unit', 'access/sets/conditions.test.ts'),
  },
  {
    what: 'isolation of tenants with random policies, against brute force',
    count: '10,000',
    command: tests('unit', 'access/proof/isolation.test.ts'),
  },
  {
    what: 'expired leases at a takeover, on OpenBao and on Vault',
    count: '10,000 each',
    command: tests('e2e', 'local/cluster/takeover.e2e.test.ts'),
  },
  {
    what: 'expired leases at a takeover, on Kubernetes',
    count: '10,000',
    command: tests('e2e', 'kubernetes/servers-openbao.e2e.test.ts'),
  },
  {
    what: 'starts of examples',
    count: '3',
    command: tests('e2e', 'examples/start.e2e.test.ts'),
  },
  {
    what: 'starts that are interrupted at a random moment',
    count: '50',
    command: tests('e2e', 'replica/interrupted-start.e2e.test.ts'),
  },
  {
    what: 'builds of OpenTofu, where there is no Terraform',
    count: '1',
    command: tests('e2e', 'local/toolbox/opentofu.e2e.test.ts'),
  },
  {
    what: 'evaluations of the alert for writes by others, by Loki',
    count: '2',
    command: tests('integration', 'constructs/policy/provisioner/provisioner.integration.test.ts'),
  },
  {
    what: 'renewals of the certificates of Kafka and its clients',
    count: '2 of each, on OpenBao and on Vault',
    command: tests('e2e', 'examples/kafka/demo.e2e.test.ts'),
  },
  {
    what: 'decisions about random requests, compared with OpenBao and Vault',
    count: '200,000 each',
    command: tests('e2e', 'access/live.e2e.test.ts'),
  },
  {
    what: 'pairs of inventories, applied one after the other and compared with a fresh server, on OpenBao and on Vault',
    count: '100 each',
    command: tests('e2e', 'replica/random-inventories.e2e.test.ts'),
  },
  {
    what: 'ends of the active server on Kubernetes, while clients write',
    count: '50 step-downs, 15 others',
    command: ['node', 'bin/run.mjs', '__tests__/kubernetes/failover/failover.ts', '--graceful', '50', '--others', '5'],
  },
];
