import type { Fault, Rule } from '../rule';

const maxLength = 300;

/** Words for people. They end up in Terraform JSON, where `${` and `%{` would begin a template. */
export const textRule: Rule = {
  allowed: `one line of text, at most ${maxLength} characters, without \${ and %{`,
  pattern: /^(?=.*\S)(?!.*[$%]\{).*$/,
  fault: (text) => {
    if (text.trim() === '') return { message: 'the text is empty', fix: 'write one sentence' };
    const fault = lengthOrTemplateFault(text, maxLength, 'write one sentence');
    if (fault !== undefined || !/[\t\n\r]/.test(text)) return fault;
    return {
      message: 'the text has a line break or a tab',
      fix: 'write it on one line; several lines can be folded into one with `>-`',
    };
  },
};

/** What is wrong with a text that is too long, or that Terraform would read as a template. */
export function lengthOrTemplateFault(text: string, most: number, shorten: string): Fault | undefined {
  if (text.length > most) return { message: `the text has ${text.length} characters`, fix: shorten };
  if (!/[$%]\{/.test(text)) return undefined;
  return { message: 'Terraform would read this text as a template', fix: 'write it without ${ and %{' };
}
