import fc from 'fast-check';

import { connectionBudget } from '../../../constructs/server/connection-budget';
import { PlatformError } from '../../../model/errors';

describe('connectionBudget', () => {
  it('sizes the database for three servers of 64 connections each', () => {
    expect(connectionBudget({ nodes: 3 })).toEqual({ maxParallel: 64, maxIdleConnections: 64, maxConnections: 208 });
  });

  it('divides the 100 connections PostgreSQL has by default among three servers', () => {
    expect(connectionBudget({ nodes: 3, maxConnections: 100 }).maxParallel).toBe(28);
  });

  it('gives a server at most 128 connections', () => {
    expect(connectionBudget({ nodes: 3, maxConnections: 5000 }).maxParallel).toBe(128);
  });

  it('refuses the defaults of the servers, which can lose a cluster in a takeover', () => {
    expect(() => connectionBudget({ nodes: 3, maxParallel: 128, maxConnections: 100 })).toThrow(
      new PlatformError('cluster', [
        {
          message: 'the database allows fewer connections than its servers may open',
          given: 'max_connections 100, 3 servers with max_parallel 128',
          allowed: 'max_connections of at least 400 for these servers',
          fix: 'raise max_connections, or set max_parallel to 28 or less',
        },
      ]),
    );
  });

  it('refuses a database with too few connections', () => {
    expect(() => connectionBudget({ nodes: 5, maxConnections: 30 })).toThrow('max_connections of at least 38');
  });

  it('plans at most the available connections, and allows each of them to stay open', () => {
    const props = fc.record({
      nodes: fc.integer({ min: 1, max: 9 }),
      maxConnections: fc.option(fc.integer({ min: 120, max: 10_000 }), { nil: undefined }),
      operatorConnections: fc.integer({ min: 0, max: 50 }),
    });
    fc.assert(
      fc.property(props, ({ nodes, maxConnections, operatorConnections }) => {
        const given = maxConnections === undefined ? {} : { maxConnections };
        const budget = connectionBudget({ nodes, operatorConnections, ...given });
        expect(nodes * (budget.maxParallel + 1) + operatorConnections + 3).toBeLessThanOrEqual(budget.maxConnections);
        expect(budget.maxIdleConnections).toBe(budget.maxParallel);
      }),
    );
  });
});
