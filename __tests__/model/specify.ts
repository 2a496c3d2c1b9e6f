import { problemsOf } from './small-inventory';
import type { Files } from './small-inventory';

export const shop = 'tenants/storefront/shop.yaml';

/** A tenant's file with more keys. */
export const tenant = (more: string): Files => ({ [shop]: `description: Pages\nenvironments: [devel]\n${more}` });

/** One line of the specification: what a file has, where the problem is, what is said, what mends it. */
export type Row = readonly [rule: string, files: Files, place: string, message: string, mend: string];

/** Each row makes one problem and no other. */
export function specify(rows: readonly Row[]): void {
  it.each(rows)('%s', (_, files, place, message, mend) => {
    const [problem, ...others] = problemsOf(files);
    expect(others).toEqual([]);
    expect(`${problem?.file}:${problem?.line}:${problem?.column}`).toBe(`inventory/${place}`);
    expect(problem?.message).toBe(message);
    expect(problem?.mend).toBe(mend);
  });
}
