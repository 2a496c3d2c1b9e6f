/** What a file of the inventory is, by its path alone. */
export type Classified =
  | { readonly kind: 'cluster'; readonly name: string }
  | { readonly kind: 'environment'; readonly name: string }
  | { readonly kind: 'tenant'; readonly name: string; readonly team: string }
  /** The register of names. */
  | { readonly kind: 'names' }
  /** README files, the published schemas, files whose name begins with a dot. */
  | { readonly kind: 'other' }
  /** A file that nothing would read, what to do about it, and the team in whose folder it is. */
  | { readonly kind: 'stray'; readonly fix: string; readonly team?: string };

const places = 'clusters/<name>.yaml, environments/<name>.yaml, tenants/<team>/<name>.yaml, names.yaml';

/** What an inventory may hold, for messages. */
export const allowedPlaces = `${places}, README.md, schema/`;

/** @param path relative to the inventory, with `/` between segments */
export function classify(path: string): Classified {
  const segments = path.split('/');
  const file = segments.at(-1) ?? '';
  const [folder, team = ''] = segments;
  const ofTeam = folder === 'tenants' && segments.length > 2 ? { team } : {};
  if (file.startsWith('.') || file === 'README.md' || (folder === 'schema' && segments.length > 1)) {
    return { kind: 'other' };
  }
  if (path === 'names.yaml') return { kind: 'names' };
  if (!file.endsWith('.yaml')) {
    return {
      ...ofTeam,
      kind: 'stray',
      fix: /\.ya?ml$/i.test(file)
        ? 'let its name end in .yaml'
        : 'let its name end in .yaml, or move it out of the inventory',
    };
  }
  const name = file.slice(0, -'.yaml'.length);
  if (segments.length === 2 && folder === 'clusters') return { kind: 'cluster', name };
  if (segments.length === 2 && folder === 'environments') return { kind: 'environment', name };
  if (segments.length === 3 && folder === 'tenants') return { kind: 'tenant', name, team };
  return { ...ofTeam, kind: 'stray', fix: strayFix(segments) };
}

function strayFix(segments: readonly string[]): string {
  if (segments[0] === 'tenants' && segments.length === 2) return 'move it into the folder of its team, tenants/<team>/';
  if (segments[0] === 'tenants') return 'move it to tenants/<team>/<name>.yaml; folders have no folders in them';
  if (segments[0] === 'clusters') return 'move it to clusters/<name>.yaml';
  if (segments[0] === 'environments') return 'move it to environments/<name>.yaml';
  return `move it to one of ${places}`;
}
