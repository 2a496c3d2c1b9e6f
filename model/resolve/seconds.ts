import { durationSeconds } from '../rules/duration';

/** Seconds of a duration that a schema accepted. */
export const seconds = (duration: string): number => durationSeconds(duration) ?? 0;

/** The same for what may be missing. */
export const optionalSeconds = (duration: string | undefined): number | undefined =>
  duration === undefined ? undefined : seconds(duration);

export const hour = 3600;
