import { InvalidArgumentError, Option } from 'commander';

/** `--dialect`: one of the server programs. @param description when it applies */
export const dialectOption = (description: string): Option =>
  new Option('--dialect <dialect>', description).choices(['openbao', 'vault']);

/** Parses the value of an option that is a number. @param least and `most` are allowed themselves */
export function numberBetween(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text !== '' && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Use a number from ${least} to ${most}.`);
  };
}

/** Parses the value of an option that is a whole number. @param most @default - unlimited */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text !== '' && Number.isInteger(number) && number >= least && number <= most) return number;
    const range = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`Use a whole number ${range}.`);
  };
}

/** Parses the value of an option that is a sentence for people. */
export function sentence(text: string): string {
  if (text.trim() !== '') return text.trim();
  throw new InvalidArgumentError('Use a sentence.');
}

/** Parses a list: values separated by commas, with or without spaces. */
export const list = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
