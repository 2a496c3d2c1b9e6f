import { patternRule, succeeds, type Fault, type Rule } from '../rule';

/** The five fields, with the numbers and the words that each knows. */
const fields = [
  { name: 'minute', least: 0, most: 59, words: '' },
  { name: 'hour', least: 0, most: 23, words: '' },
  { name: 'day of the month', least: 1, most: 31, words: '' },
  { name: 'month', least: 1, most: 12, words: 'jan feb mar apr may jun jul aug sep oct nov dec' },
  { name: 'day of the week', least: 0, most: 6, words: 'sun mon tue wed thu fri sat' },
];

const item = String.raw`(\*|[0-9a-zA-Z]{1,3}(-[0-9a-zA-Z]{1,3})?)(\/[1-9][0-9]?)?`;
const field = `${item}(,${item})*`;

/** A schedule as CronJobs have it. */
export const cronRule: Rule = {
  allowed: "minute, hour, day, month and day of the week, such as '30 2 * * *'",
  pattern: new RegExp(`^${field}( ${field}){4}$`),
  fault: (text) => {
    const given = text.split(' ');
    if (!cronRule.pattern.test(text)) {
      return {
        message: given.length === fields.length ? 'this is not a schedule' : 'a schedule has five fields',
        fix: "write them with one space between, for example '30 2 * * *' for every night at half past two",
      };
    }
    return fields.map((known, index) => fieldFault(given[index] ?? '', known)).find((fault) => fault !== undefined);
  },
};

function fieldFault(text: string, { name, least, most, words }: (typeof fields)[number]): Fault | undefined {
  const known = words.split(' ');
  const number = (part: string): number =>
    known.includes(part.toLowerCase()) ? known.indexOf(part.toLowerCase()) + least : Number(part);
  const wrong = text.split(',').find((part) => {
    const [range = ''] = part.split('/');
    if (range === '*') return false;
    const [first = NaN, last = first] = range.split('-').map(number);
    return !(least <= first && first <= last && last <= most);
  });
  return wrong === undefined
    ? undefined
    : { message: `\`${wrong}\` is no ${name}`, fix: `write numbers from ${least} to ${most}` };
}

export const timeZoneRule = patternRule(
  /^[A-Z][A-Za-z_]*(\/[A-Za-z0-9_+-]+){0,2}$/,
  'the name of a time zone such as Etc/UTC or Europe/Berlin',
  { message: 'this is not a time zone', fix: 'write its name in the time zone database, for example Europe/Berlin' },
  (timeZone) => succeeds(() => new Intl.DateTimeFormat('en', { timeZone })),
);
