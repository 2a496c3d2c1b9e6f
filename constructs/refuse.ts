import { PlatformError, type Problem } from '../model/errors';

/** @throws PlatformError `construct`, always */
export function refuse(problem: Problem): never {
  throw new PlatformError('construct', [problem]);
}
