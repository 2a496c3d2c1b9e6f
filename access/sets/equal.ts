import type { Acl } from '../decide/acl';
import { operations } from '../decide/request';
import { isListing } from '../decide/requirements';
import { compare } from './comparison';

/**
 * Whether two lists of policies decide all requests alike, however they are written. False if conditions differ in a way that only the
 * comparison of parameter values would prove to be none.
 *
 * @throws TooManyPatternsError
 */
export const equal = (a: Acl, b: Acl): boolean => {
  const comparisonOf = compare({ before: a, after: b });
  return operations.every((operation) => {
    const comparison = comparisonOf(isListing(operation));
    if (!comparison.isPossible(operation)) return true;
    return comparison.columns.cuts.every((_, index) => {
      const { before, after } = comparison.verdict(index, operation);
      return before?.key === after?.key;
    });
  });
};
