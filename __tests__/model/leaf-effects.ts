import { parse } from 'yaml';

import { jsonSchemas } from '../../model/source/kinds';
import { fewWhereBrief, sampled } from '../support/soak';
import { inventories } from './every-kind';
import { differ, outcomeOf, type Outcome } from './leaf-outcome';
import type { SchemaNode } from './leaf-schema';
import { leavesOf, type FileValues, type Leaf } from './leaves';

/** Leaves that change neither Terraform JSON nor an agent's files, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'cluster: description': 'for readers of the file',
  'cluster: platform': 'kubernetes requires the key `kubernetes`, and external excludes it',
  'environment: description': 'for readers of the file',
  'tenant: description': 'for readers of the file',
  'tenant: overrides.*.reason': 'for reviewers of the file',
  'tenant: quotas.maxLeases': 'neither server program has quotas of leases: the loader refuses the key',
  'environment: quotas.maxLeases': 'neither server program has quotas of leases: the loader refuses the key',
  'environment: authorities.*.maxLeafTtl': 'limits certificates of tenants: the loader refuses longer ones',
  ...Object.fromEntries(
    ['["jwt"].userClaim', '["oidc"].userClaim', '["kubernetes"].aliasNameSource'].map((key) => [
      `tenant: policies[].logins[]${key}`,
      'repeats a setting of the auth method: the loader refuses another value',
    ]),
  ),
  'environment: trusts[]': 'allows logins of tenants: the loader refuses the others',
  'cluster: kubernetes.exposure.haproxy-ingress.redirect':
    'the controller always redirects: only the default is accepted',
  ...Object.fromEntries(
    ['discoveryUrl', 'caCertificate', 'clientId', 'supportedAlgorithms[]'].map((key) => [
      `cluster: auth.*["oidc"].${key}`,
      'an operator configures the method, with the client secret: operations/credentials.ts',
    ]),
  ),
  'cluster: auth.*["ldap"].startTls': 'follows from the URL: ldap:// requires it, ldaps:// excludes it',
};

/** Leaves that say what is expected, accepted or allowed: they decide whether an inventory has problems, and nothing of them is written. The login of Terraform has tests of its own. */
const aboutAccess =
  /^(tenant: (expect|sharing)|(cluster|environment): exceptions|environment: (limits|owners)|cluster: provisioner)\b/;

const outcomes = new WeakMap<FileValues, Outcome | null>();

function outcome(files: FileValues): Outcome | undefined {
  const known = outcomes.get(files);
  if (known !== undefined) return known ?? undefined;
  const made = outcomeOf(files);
  outcomes.set(files, made ?? null);
  return made;
}

type Effect = 'changes' | 'no change' | 'no valid value';

/** Whether two of the inventories lead to different results. A few of those without problems are compared. */
function effectOf(values: Iterable<FileValues>, first: RegExp): Effect {
  let before: Outcome | undefined;
  let compared = 0;
  for (const files of values) {
    const now = outcome(files);
    if (now === undefined) continue;
    if (before === undefined) before = now;
    else if (differ(before, now, first)) return 'changes';
    else if ((compared += 1) === 4) break;
  }
  return compared > 0 ? 'no change' : 'no valid value';
}

function effect({ variants, swaps }: Leaf, first: RegExp): Effect {
  let unchanged = 0;
  for (const values of variants()) {
    const found = effectOf(values, first);
    if (found === 'changes') return found;
    if (found === 'no change' && (unchanged += 1) === 8) break;
  }
  if (unchanged > 0) return 'no change';
  return swaps === undefined ? 'no valid value' : effectOf(swaps(), first);
}

/** Parts of the output that a kind of file changes first. */
const kinds = {
  cluster: /-(?:server|platform)$/,
  environment: /-(?:platform|engines)$/,
  tenant: /^(?!.*-(?:server|platform|engines)$)/,
};

const values = inventories.map((files): FileValues =>
  Object.fromEntries(Object.entries(files).map(([file, text]) => [file, parse(text) as never])),
);

/** What a test file for one kind of file holds: each leaf of its schema is changed in a rich inventory; outside of the soak, a third of them. */
export function describeLeaves(kind: keyof typeof kinds): void {
  test('the inventories that are changed have no problems', () => {
    for (const files of values) expect(outcome(files)).toBeDefined();
  });

  describe(`the schema of a ${kind}`, () => {
    const schema = JSON.parse(jsonSchemas().get(`${kind}.schema.json`) ?? '') as SchemaNode;
    const leaves = leavesOf(schema, values, `${kind}s`).filter(({ path }) => !aboutAccess.test(`${kind}: ${path}`));
    const effects = new Map<string, string>();

    test('has only leaves that change Terraform JSON or files of an agent', () => {
      for (const leaf of sampled(fewWhereBrief(leaves), Math.ceil(leaves.length / 3)))
        effects.set(`${kind}: ${leaf.path}`, effect(leaf, kinds[kind]));
      const without = [...effects].filter(([path, found]) => found !== 'changes' && exceptions[path] === undefined);
      expect(Object.fromEntries(without)).toEqual({});
    });

    test('has every exception, as a leaf that changes nothing', () => {
      const excepted = Object.keys(exceptions).filter((path) => path.startsWith(`${kind}: `));
      const paths = new Set(leaves.map(({ path }) => `${kind}: ${path}`));
      expect(excepted.filter((path) => paths.has(path) && effects.get(path) !== 'changes')).toEqual(excepted);
    });
  });
}
