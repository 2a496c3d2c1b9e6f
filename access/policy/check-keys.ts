import { offsetOf } from './attributes';
import type { Source } from './hcl/source';
import type { Item } from './hcl/syntax-tree';

/**
 * Refuses keys that a block does not have. Case counts.
 *
 * @param place what the message starts with
 * @throws PolicyError that names all of them, at the first
 */
export const checkKeys = (source: Source, items: readonly Item[], allowed: readonly string[], place: string): void => {
  const isUnknown = ({ keys }: Item): boolean => keys[0] === undefined || !allowed.includes(keys[0].text);
  const first = items.find(isUnknown);
  if (first !== undefined) {
    const unknown = items.filter(isUnknown);
    const names = unknown.map(({ keys }) => keys[0]?.spelling ?? 'a block without a name').join(', ');
    throw source.error(`${place}: unknown ${names}; allowed: ${allowed.join(', ')}`, offsetOf(first));
  }
};
