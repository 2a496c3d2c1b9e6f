import type { Rule } from '../rule';

/** A day as ISO 8601 writes it; there is a day of this date. */
export const dayRule: Rule = {
  allowed: 'a day such as 2027-03-01',
  pattern: /^\d{4}-\d{2}-\d{2}$/,
  fault: (value) => {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) {
      return { message: 'this is not a day', fix: 'write year, month and day, for example 2027-03-01' };
    }
    const time = Date.parse(`${value}T00:00:00Z`);
    if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(value)) return undefined;
    return { message: 'there is no such day', fix: 'write a day of the calendar' };
  },
};
