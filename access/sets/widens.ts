import type { PrincipalChange } from './path-class';

/**
 * Whether a change allows a request that was not allowed before, or whether the opposite is not proven. False is a theorem: no operation
 * gains a path, and all conditions that change become narrower. Filled templates and the time are as both sides were compiled with.
 */
export const widens = ({ operations }: PrincipalChange): boolean =>
  operations.some(
    ({ gained, conditionsChanged }) => gained.length > 0 || conditionsChanged.some(({ isNarrower }) => !isNarrower),
  );
