import { PlatformError } from '../model/errors';

/** A server answered a request with an error. */
export class ServerRefusal extends PlatformError {
  constructor(
    /** HTTP status. */
    public readonly status: number,
    /** Errors in the server's words. */
    public readonly reasons: readonly string[],
    /** Method and URL. */
    request: string,
  ) {
    super('server', [
      {
        message: `the server refused: ${reasons.length === 0 ? 'no reason was given' : reasons.join('; ')}`,
        given: `${request} (HTTP ${status})`,
      },
    ]);
  }
}
