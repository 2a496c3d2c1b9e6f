import { richInventory } from './rich-inventory';
import { problemsOf } from './small-inventory';
import type { Files } from './small-inventory';

export const shop = 'tenants/storefront/shop.yaml';

/** A tenant's file with more keys. */
export const tenant = (more: string): Files => ({ [shop]: `description: Pages\nenvironments: [devel]\n${more}` });

/** One line of the specification: what a file has, where the problem is, what is said, what fixes it. */
export type Row = readonly [rule: string, files: Files, place: string, message: string, fix: string];

/** Each row makes one problem and no other. */
export function specify(rows: readonly Row[]): void {
  it.each(rows)('%s', (_, files, place, message, fix) => {
    const [problem, ...others] = problemsOf(files);
    expect(others).toEqual([]);
    expect(`${problem?.file}:${problem?.line}:${problem?.column}`).toBe(`inventory/${place}`);
    expect(problem?.message).toBe(message);
    expect(problem?.fix).toBe(fix);
  });
}

/** A change of one file of the rich inventory: what is replaced by what. */
export type Edit = readonly [file: string, find: string, replacement: string];

/** The rich inventory's file after a change; the test is wrong when there is nothing to change. */
export function edited([file, find, replacement]: Edit): string {
  const text = richInventory[file] ?? '';
  if (!text.includes(find)) throw new Error(`${file} has no ${find}`);
  return text.replace(find, () => replacement);
}

/** One line of the specification: what is changed, where the problem then is, what is said, what fixes it. */
export type EditRow = readonly [rule: string, edit: Edit, at: string, message: string, fix: string];

/** Each change makes one problem and no other. The place is given by the text that stands there. */
export function specifyEdits(rows: readonly EditRow[]): void {
  it.each(rows)('%s', (_, edit, at, message, fix) => {
    const [file, find] = edit;
    const text = edited(edit);
    const changed = (richInventory[file] ?? '').indexOf(find);
    const offset = !text.includes(at, changed) ? text.indexOf(at) : text.indexOf(at, changed);
    const before = text.slice(0, offset).split('\n');
    const found = problemsOf({ [file]: text }, richInventory);
    expect(found.map((problem) => problem.message)).toEqual([message]);
    expect(`${found[0]?.file}:${found[0]?.line}:${found[0]?.column}`).toBe(
      `inventory/${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`,
    );
    expect(found[0]?.fix).toBe(fix);
  });
}
