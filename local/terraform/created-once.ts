import type { StackResources } from '../../synthesis/moves';

/**
 * Settings that differ from those with which a resource was created, and that Terraform ignores: `ignore_changes = all`, as for issuers of
 * an authority. The server keeps the former ones.
 *
 * @param wanted resources of a stack's JSON
 * @param applied resources of its state
 * @returns one line for each resource
 */
export function ignoredChanges(wanted: StackResources, applied: StackResources): string[] {
  return [...wanted].flatMap(([address, given]) => {
    const former = applied.get(address);
    const { lifecycle } = given as { readonly lifecycle?: { readonly ignore_changes?: unknown } };
    if (former === undefined || lifecycle?.ignore_changes !== 'all') return [];
    const changed = differences(settingsOf(given), settingsOf(former));
    if (changed.length === 0) return [];
    return [
      `${address} was created with another ${changed.join(', ')} and keeps it; another generation would get the new one`,
    ];
  });
}

type Settings = Readonly<Record<string, unknown>>;

/** Literal settings; those in the body of a request count one by one. */
function settingsOf(resource: Settings): Settings {
  const { data_json: body, ...others } = resource;
  return { ...others, ...(typeof body === 'string' && !body.includes('${') && (JSON.parse(body) as Settings)) };
}

function differences(wanted: Settings, former: Settings): string[] {
  return Object.keys(wanted)
    .filter((key) => isLiteral(wanted[key]) && isLiteral(former[key]) && String(wanted[key]) !== String(former[key]))
    .sort();
}

const isLiteral = (value: unknown): boolean =>
  typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && !value.includes('${'));
