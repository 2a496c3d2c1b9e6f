import http from 'node:http';

/** An ingress controller on this machine, at 127.0.0.1. */
export interface RunningController {
  /** Port of plain HTTP. */
  readonly http: number;
  /** Port of TLS. */
  readonly https: number;
  /** The end of what it wrote. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/** Whether a port is answered, with whatever status. */
export const answersHttp = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const request = http.get({ port, host: '127.0.0.1', agent: false }, (response) => {
      response.resume();
      resolve(true);
    });
    request.once('error', () => resolve(false));
  });
