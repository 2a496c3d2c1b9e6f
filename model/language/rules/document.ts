import type { Fault, Rule } from '../rule';
import { lengthOrTemplateFault } from './text';

/** Texts of several lines, for machines: what both rules below have in common. */
function fault(text: string, most: number): Fault | undefined {
  const long = lengthOrTemplateFault(text, most, `write at most ${most} characters`);
  if (long !== undefined || !text.includes('\r')) return long;
  return { message: 'the text has a carriage return', fix: 'write line breaks as `\\n`' };
}

/** A statement that makes an account of a database. */
export const creationStatementRule: Rule = {
  allowed: 'a statement of the database, with the placeholders {{name}} and {{password}}, at most 2000 characters',
  pattern: /\S/,
  fault: (text) =>
    text.trim() === '' ? { message: 'the text is empty', fix: 'write a statement' } : fault(text, 2000),
};

/** A policy in AWS's JSON. */
export const awsPolicyRule: Rule = {
  allowed: 'a policy in AWS’s JSON, with a Statement, at most 6144 characters, without ${ and %{',
  pattern: /^\s*\{/,
  fault: (text) =>
    fault(text, 6144) ??
    (isPolicy(text)
      ? undefined
      : {
          message: 'this is not a policy in JSON',
          fix: 'write `|` behind the colon and the JSON below it, indented',
        }),
};

function isPolicy(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'Statement' in value;
  } catch {
    return false;
  }
}
