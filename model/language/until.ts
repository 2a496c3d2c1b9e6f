import { dayRule } from './rules/day';
import { text } from './values';

/** End of something that is accepted for a time only. */
export const until = text(dayRule).describe(
  'Day in UTC from which the entry is ignored. Synthesis warns in the 14 days before.',
);
