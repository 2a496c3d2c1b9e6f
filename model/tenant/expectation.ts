import { environmentList, type LinkedEnvironment } from '../environment/environment';
import { policyReferenceRule } from '../language/rules/name';
import { withPlaceholder } from '../language/rules/placeholder';
import { choice, list, map, optional, patternRule, refuse, text, type Output } from '../language/schema';
import { fillIn, keySetAccesses, keySetPolicy } from '../names';
import { Place } from '../source/place';
import type { ValuePath } from '../source/source-file';
import { grantSchema, linkGrant, type Grant } from './grant';
import { GrantPlace, operationList } from './grants/grant-place';
import type { TenantEngines } from './owned';
import type { LinkedPolicy } from './policy';
import type { TenantScope } from './tenant-scope';
import { reportUnknownPolicy } from './unknown-policy';

/** Operations of a request of the API. */
const apiOperations = operationList([
  ...(['create', 'read', 'update', 'patch', 'delete', 'list', 'scan', 'recover'] as const),
]);

const apiPathRule = withPlaceholder(
  patternRule(/^(?!v1\/v1\/)[^/\s*][^\s*]*\*?$/, 'a path of the API without a leading slash and without /v1/', {
    message: 'this is not a path of the API',
    fix: 'write it as in a policy, for example v1/devel/kv/data/ledger/configs, with `*` at most as its last character',
  }),
);

const api = map({
  api: text(apiPathRule).describe(
    'Paths of the API as in a policy: `+` is one segment, a final `*` any rest, and `{environment}` is filled in.',
  ),
  operations: apiOperations.describe('Operations of requests to the path.'),
});

type ApiRequests = Output<typeof api>;

const isApi = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.hasOwn(value, 'api');

const expected = choice([grantSchema, api], (value) => (isApi(value) ? api : grantSchema));

const requests = list(expected, 'a list of grants, or of paths under `api`', (entry) => JSON.stringify(entry));

const expectation = map(
  {
    policy: text(policyReferenceRule).describe(
      'Policy whose holders are meant: `ro` or `rw` for those of the key set, or a name in `policies`.',
    ),
    environments: optional(environmentList).describe(
      'Environments that this is for. Default: all that have the policy.',
    ),
    allow: optional(requests, []).describe('What every holder can do: all of it.'),
    deny: optional(requests, []).describe('What no holder can do: none of it.'),
  },
  ({ allow, deny }, context) => {
    if (allow.length + deny.length > 0) return;
    refuse(context, [], 'allow, deny or both', { message: 'this expects nothing', fix: 'add allow or deny' });
  },
);

/** What holders of the tenant's policies can do, and what they cannot: decided at every synthesis. */
export const expectationsSchema = optional(
  list(expectation, 'a list of expectations', (entry) => JSON.stringify(entry)),
  [],
);

/** What holders of a policy can do in one environment, or what they cannot. */
export interface Expectation {
  /** Name of the policy on the server. */
  readonly policy: string;
  readonly effect: 'allow' | 'deny';
  /** In the words of grants, or as paths of the API. */
  readonly requests: Grant | ApiRequests;
  readonly place: Place;
}

/** A tenant in one environment, with its policies there. */
export interface ExpectationContext {
  readonly home: LinkedEnvironment;
  readonly scope: TenantScope;
  readonly engines: TenantEngines;
  readonly policies: readonly LinkedPolicy[];
  readonly hasKeySet: boolean;
}

/** The expectations that concern one environment, one for each entry of a list. */
export function linkExpectations(context: ExpectationContext): Expectation[] {
  const { scope, home } = context;
  return scope.file.expect.flatMap((file, index) => {
    if (file.environments?.includes(home.environment.inventoryName) === false) return [];
    const path = ['expect', index];
    const policy = policyOf(file.policy, [...path, 'policy'], file.environments !== undefined, context);
    if (policy === undefined) return [];
    return (['allow', 'deny'] as const).flatMap((effect) =>
      file[effect].flatMap((entry, at) => {
        const place = [...path, effect, at];
        const asked = linkRequests(entry, place, context);
        return asked === undefined
          ? []
          : [{ policy, effect, requests: asked, place: new Place(scope.entry.source, place) }];
      }),
    );
  });
}

function linkRequests(
  entry: Output<typeof expected>,
  path: ValuePath,
  { scope, engines, home }: ExpectationContext,
): Grant | ApiRequests | undefined {
  if ('api' in entry) return { ...entry, api: fillIn(entry.api, home.environment) };
  return linkGrant(entry, path, new GrantPlace(home, scope, engines));
}

/** The name of the policy in the environment; undefined if it has none of this name there. */
function policyOf(
  name: string,
  path: ValuePath,
  isRequired: boolean,
  { scope, home, hasKeySet, policies }: ExpectationContext,
): string | undefined {
  const { environment } = home;
  if ((name === 'ro' || name === 'rw') && hasKeySet) return keySetPolicy(scope.tenant, environment, name);
  const found = policies.find(({ policy }) => policy.inventoryName === name);
  if (found !== undefined) return found.policy.name;
  const others = [...keySetAccesses, ...scope.file.policies.map((policy) => policy.name)];
  if (!scope.knows('policies') || (!isRequired && others.includes(name))) return undefined;
  const message = isRequired ? `there is no such policy in ${environment.inventoryName}` : 'unknown policy';
  reportUnknownPolicy(name, path, scope, { message, names: others, none: 'none', fix: 'add it to `policies`' });
  return undefined;
}
