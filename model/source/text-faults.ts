import { describeHidden, hiddenCharacters } from '../language/hidden';
import type { Fault } from '../language/rule';
import { isMap } from '../language/values';
import type { ValuePath } from './source-file';

const maxFaults = 20;

/** What is wrong with a text or a key in a file, wherever it is. */
export interface TextFault extends Fault {
  readonly path: ValuePath;
  readonly of: 'key' | 'value';
}

/** Characters in the text of a file, also in its comments, that a reviewer does not see; with their offset. */
export const hiddenFaults = (text: string): (Fault & { readonly offset: number })[] =>
  hiddenCharacters(text)
    .slice(0, maxFaults)
    .map(({ character, offset }) => ({ offset, ...hiddenFault(character) }));

/** Texts and keys that no file may have, in whatever key: an escape sequence in YAML can write what {@link hiddenFaults} looks for. */
export function textFaults(value: unknown): TextFault[] {
  const faults: TextFault[] = [];
  const check = (text: string, path: ValuePath, of: 'key' | 'value'): void => {
    const [hidden] = hiddenCharacters(text);
    const fault = hidden === undefined ? tokenFault(text) : hiddenFault(hidden.character);
    if (fault !== undefined && faults.length < maxFaults) faults.push({ path, of, ...fault });
  };
  const descend = (node: unknown, path: ValuePath): void => {
    if (typeof node === 'string') check(node, path, 'value');
    else if (Array.isArray(node)) node.forEach((item, index) => descend(item, [...path, index]));
    else if (isMap(node)) {
      for (const [key, entry] of Object.entries(node)) {
        check(key, [...path, key], 'key');
        descend(entry, [...path, key]);
      }
    }
  };
  descend(value, []);
  return faults;
}

/** Whether a file can have a text that {@link textFaults} finds: an escape sequence begins with a backslash. */
export const mayHaveTextFaults = (text: string): boolean => /\\|TfToken\[|Map Token Value|-[\d.]+e\+?\d{3}/.test(text);

const hiddenFault = (character: string): Fault => ({
  message: `the text has the character ${describeHidden(character)}`,
  fix: 'remove it',
});

/**
 * CDK for Terraform marks the place of a reference by texts, of which some are numbers, and replaces them when it writes JSON: in a text of a
 * file, they would become a reference to a resource of somebody else, or stop the synthesis.
 */
function tokenFault(text: string): Fault | undefined {
  const token = /TfToken\[|^(?:String|Any) Map Token Value$/.exec(text)?.[0] ?? numbers(text).find(isToken);
  return token === undefined
    ? undefined
    : { message: `\`${token}\` marks a reference of CDK for Terraform`, fix: 'write the text without it' };
}

const numbers = (text: string): readonly string[] => text.match(/-[\d.]+e\+?\d{3,}/g) ?? [];

/** The upper 16 bits of a number with 64 bits make it a token of a number, or of a list of numbers. */
function isToken(number: string): boolean {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Number.parseFloat(number));
  return [0xfdff, 0xfbff].includes(bits.getUint16(0));
}
