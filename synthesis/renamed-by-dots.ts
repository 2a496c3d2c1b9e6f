import type { Problem } from '../model/errors';
import type { StackResources } from './moves';

/** An object that would be lost merely because its name on the server is derived otherwise. */
export interface RenamedObject {
  readonly stack: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Objects whose names were joined by dashes, and that would be destroyed while the same stack creates one of the same kind for the same
 * tenant, with the same words joined by dots. Such a change of the inventory's format is for `platform names keep` to prevent: keys would be
 * lost, and SecretIDs would end. Quotas contain no data, and identity groups are renamed in place.
 *
 * @param before resources that each stack has, by its state or by an earlier synthesis
 * @param after resources that each stack gets
 */
export function renamedByDots(
  before: ReadonlyMap<string, StackResources>,
  after: ReadonlyMap<string, StackResources>,
): RenamedObject[] {
  return [...after].flatMap(([stack, resources]) => {
    const old = namedIn(before.get(stack) ?? new Map());
    const next = namedIn(resources);
    const kept = new Set(next.map(keyOf));
    const created = next.filter(({ name }) => name.includes('.'));
    const lost = old.filter((object) => !object.name.includes('.') && !kept.has(keyOf(object)));
    return lost.flatMap((object) => {
      const words = object.name.split('-');
      const successor = created.find(
        ({ kind, tenant, name }) =>
          kind === object.kind && tenant === object.tenant && words.every((word) => name.split(/[.-]/).includes(word)),
      );
      return successor === undefined ? [] : [{ stack, from: object.name, to: successor.name }];
    });
  });
}

/** What to do about it. */
export const renamedProblem = ({ from, to }: Pick<RenamedObject, 'from' | 'to'>): Problem => ({
  message: `\`${from}\` would be destroyed, with all that it protects or lets log in, and created anew as \`${to}\``,
  given: to,
  allowed: `\`${from}\`, kept in inventory/names.yaml`,
  fix: 'with the inventory of before this change: npm run platform -- names keep. If the object is meant to go, remove it, apply, then add the other one',
});

interface NamedObject {
  /** Type of the resource. */
  readonly kind: string;
  readonly tenant: string;
  readonly name: string;
}

const keyOf = ({ kind, tenant, name }: NamedObject): string => `${kind} ${tenant} ${name}`;

const nameless = /^vault_(quota|identity)_/;

function namedIn(resources: StackResources): NamedObject[] {
  return [...resources].flatMap(([address, given]) => {
    const [kind = '', id = ''] = address.split('.');
    const name = [given.name, given.role_name, given.role].find((value) => typeof value === 'string');
    const isNamed = typeof name === 'string' && !name.includes('${') && !nameless.test(kind);
    return isNamed ? [{ kind, tenant: id.split('_')[0] ?? '', name }] : [];
  });
}
