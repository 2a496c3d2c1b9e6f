/** Arguments of a stack's resources by address, such as `vault_policy.basket_ro`: from its JSON or from its state. */
export type StackResources = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** Resources that stay on the server while another stack becomes responsible for them. */
export interface StackMove {
  readonly from: string;
  readonly to: string;
  /** Sorted. */
  readonly addresses: readonly string[];
}

/**
 * Finds the resources that leave a stack and stand in another one, as after a tenant moved to another team: the same address, which
 * contains the tenant's name, and the same object on the server. Without a move, Terraform would create them in one stack and destroy
 * them in the other, in no order.
 *
 * @param before resources that each stack has, by its state or by an earlier synthesis
 * @param after resources that each stack gets
 */
export function findMoves(
  before: ReadonlyMap<string, StackResources>,
  after: ReadonlyMap<string, StackResources>,
): StackMove[] {
  const places = new Map<string, string[]>();
  for (const [stack, resources] of after) {
    for (const address of resources.keys()) places.set(address, [...(places.get(address) ?? []), stack]);
  }
  const moves = new Map<string, { from: string; to: string; addresses: string[] }>();
  for (const [from, resources] of before) {
    for (const [address, given] of resources) {
      if (after.get(from)?.has(address) === true) continue;
      const to = places.get(address)?.find((stack) => isSameObject(given, after.get(stack)?.get(address) ?? {}));
      if (to === undefined) continue;
      const move = moves.get(`${from} ${to}`) ?? { from, to, addresses: [] };
      moves.set(`${from} ${to}`, move);
      move.addresses.push(address);
    }
  }
  return [...moves.values()].map((move) => ({ ...move, addresses: move.addresses.sort() }));
}

/** Arguments that select the object on the server. */
const selectors = ['namespace', 'mount', 'backend', 'path', 'name', 'role_name', 'role'] as const;

/** Whether both have the same selectors, as far as both are known: in JSON some are references to other resources. */
function isSameObject(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  return selectors.every((key) => {
    const [one, other] = [a[key], b[key]];
    return !isKnown(one) || !isKnown(other) || one === other;
  });
}

const isKnown = (value: unknown): value is string => typeof value === 'string' && !value.includes('${');

/** Resources in the Terraform JSON of a stack. */
export function resourcesOfJson(json: unknown): StackResources {
  const { resource = {} } = json as { readonly resource?: Record<string, Record<string, Record<string, unknown>>> };
  return new Map(
    Object.entries(resource).flatMap(([type, resources]) =>
      Object.entries(resources).map(([name, given]) => [`${type}.${name}`, given] as const),
    ),
  );
}
