import type { AuthMethod } from '../cluster/auth-method';
import { mountLimitSeconds } from '../cluster/tuning';
import type { AppRoleLayer } from '../environment/app-role';
import { showDuration } from '../language/duration';
import type { Finding, ProblemList } from '../source/problem-list';
import type { OwnedEntry } from '../tenant/owned';

/** A lifetime that a file sets. */
interface Lifetime {
  /** Its key. */
  readonly key: string;
  readonly seconds: number;
}

/**
 * What is wrong with a lifetime that the server would cut without an error.
 *
 * @param mount what has the limit, for example `the auth method \`ci\``
 * @param tuning where the limit can be lengthened
 */
export const cutLifetime = (
  { key, seconds }: Lifetime,
  limitSeconds: number,
  { mount, tuning }: { readonly mount: string; readonly tuning: string },
): Finding | undefined =>
  // A value with a problem of its own is as the file has it.
  typeof seconds !== 'number' || seconds <= limitSeconds
    ? undefined
    : {
        message: `${key} exceeds the maximum TTL of ${mount}, to which the server would cut it`,
        given: showDuration(seconds),
        allowed: `up to ${showDuration(limitSeconds)}`,
        fix: `shorten ${key}, or lengthen ${tuning}`,
      };

/** Reports lifetimes of tokens, of those that layers set, that an auth method would cut. LDAP uses its tuning alone. */
export function checkTokenLifetimes(
  layers: readonly AppRoleLayer[],
  methods: readonly AuthMethod[],
  cluster: string,
  problems: ProblemList,
): void {
  const [method] = methods
    .filter(({ type }) => type !== 'ldap')
    .sort((a, b) => mountLimitSeconds(a.tuning) - mountLimitSeconds(b.tuning));
  if (method === undefined) return;
  const place = {
    mount: `the auth method \`${method.inventoryName}\``,
    tuning: `\`tuning.maxLeaseTtl\` of \`${method.inventoryName}\` in inventory/clusters/${cluster}.yaml`,
  };
  for (const key of ['tokenTtl', 'tokenMaxTtl'] as const) {
    const layer = layers.findLast(({ settings }) => settings?.[`${key}Seconds`] !== undefined);
    const seconds = layer?.settings?.[`${key}Seconds`];
    if (layer === undefined || seconds === undefined) continue;
    const finding = cutLifetime({ key, seconds }, mountLimitSeconds(method.tuning), place);
    if (finding !== undefined) problems.addAt(layer.source, [...layer.path, key], finding);
  }
}

/** Reports the lifetime of an entry of a tenant that the mount of an environment's engine would cut: the first, if several are. */
export function checkLeases(
  { path, home, scope }: Pick<OwnedEntry<object>, 'path' | 'home' | 'scope'>,
  engine: 'aws' | 'database',
  lifetimes: Readonly<Record<string, number | undefined>>,
): void {
  const { inventoryName: name, engines } = home.environment;
  const limit = mountLimitSeconds(engines[engine]?.tuning ?? {});
  const place = {
    mount: `the engine \`${engine}\` in ${name}`,
    tuning: `\`engines.${engine}.tuning.maxLeaseTtl\` in inventory/environments/${name}.yaml`,
  };
  for (const [key, seconds = 0] of Object.entries(lifetimes)) {
    const finding = cutLifetime({ key, seconds }, limit, place);
    if (finding === undefined) continue;
    scope.report([...path, key], finding);
    return;
  }
}
