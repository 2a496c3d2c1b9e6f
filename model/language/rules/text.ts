import type { Rule } from '../rule';

const maxLength = 300;

/** Control characters, line separators, characters that reorder text, and halves of surrogate pairs. */

const unprintable = /[\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069\uFEFF]|\p{Surrogate}/u;

/** Words for people. They end up in Terraform JSON, where `${` and `%{` would begin a template. */
export const textRule: Rule = {
  allowed: `one line of text, at most ${maxLength} characters, without \${ and %{`,
  pattern: /^(?=.*\S)(?!.*[$%]\{).*$/,
  fault: (text) => {
    if (text.trim() === '') return { message: 'the text is empty', fix: 'write one sentence' };
    if (text.length > maxLength) {
      return { message: `the text has ${text.length} characters`, fix: 'write one sentence' };
    }
    if (/[$%]\{/.test(text)) {
      return { message: 'Terraform would read this text as a template', fix: 'write it without ${ and %{' };
    }
    if (unprintable.test(text)) {
      return {
        message: 'the text has a line break or another invisible character',
        fix: 'write it on one line; several lines can be folded into one with `>-`',
      };
    }
    return undefined;
  },
};
