import { PlatformError, type Problem } from '../../../model/errors';
import { loadInventory } from '../../../model/load';
import { attempts, type Attempt } from '../../support/ownership/attempts';
import { neighbours } from '../../support/ownership/neighbours';
import { tenantFiles, twoTeams } from '../../support/ownership/two-teams';
import { certificate, publicKey } from '../pem';
import { inventoryFiles, type Files } from '../small-inventory';

const surroundings = { ciPublicKey: publicKey, database: { port: 5432, ca: certificate, caFile: '/etc/ca.pem' } };

describe.each(['openbao', 'vault'] as const)('with its own file alone, a team does not get on %s', (dialect) => {
  const base = twoTeams(dialect, surroundings);
  const problemsOf = (files: Files): readonly Problem[] => {
    try {
      loadInventory(inventoryFiles(files, base));
      return [];
    } catch (error) {
      if (error instanceof PlatformError) return error.problems;
      throw error;
    }
  };
  const rows = attempts
    .filter((attempt) => attempt.dialect === undefined || attempt.dialect === dialect)
    .map((attempt): [string, Attempt] => [attempt.what, attempt]);

  it.each(rows)('%s', (_, { name, tenant = name, keys, message }) => {
    const problems = problemsOf(tenantFiles('shop', { [tenant]: keys }));
    expect(new Set(problems.map(({ file }) => file))).toEqual(new Set([`inventory/tenants/shop/${tenant}.yaml`]));
    expect(problems.map((problem) => problem.message)).toContainEqual(expect.stringContaining(message));
  });

  it.each(['basket.yml', 'baskets/basket.yaml'])('more than one problem for %s, which nothing reads', (file) => {
    expect(problemsOf({ [`tenants/shop/${file}`]: 'description: A basket' })).toMatchObject([
      { file: `inventory/tenants/shop/${file}`, message: 'nothing reads this file' },
    ]);
  });

  it('and nothing else is refused: what is next to it passes', () => {
    expect(problemsOf(neighbours(dialect).files)).toEqual([]);
    expect(neighbours(dialect).logins.length).toBeGreaterThan(10);
  });
});
