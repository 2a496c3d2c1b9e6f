import { PlatformError, type Problem } from '../../../model/errors';
import { loadInventory } from '../../../model/load';
import { inventoryFiles, type Files } from '../small-inventory';
import { everyEngine } from './every-engine';

/** Lines of the file of a tenant that a team may write, and of the owners of devel and stag. */
export interface Attempt {
  readonly tenant: string;
  readonly devel?: string;
  readonly stag?: string;
  /** Lines of a tenant of another team. @default - it has nothing */
  readonly victim?: string;
}

export const attacker = 'tenants/shop/basket.yaml';

const files = ({ tenant, devel = '', stag = '', victim = '' }: Attempt): Files => ({
  ...everyEngine,
  'environments/devel.yaml': `${String(everyEngine['environments/devel.yaml'])}owners:${devel === '' ? ' {}' : `\n${devel}`}\n`,
  'environments/stag.yaml': `${String(everyEngine['environments/stag.yaml'])}owners:${stag === '' ? ' {}' : `\n${stag}`}\n`,
  [attacker]: `description: Baskets\nenvironments: [devel]\n${tenant}\n`,
  'tenants/payments/ledger.yaml': `description: Books\nenvironments: [devel]\n${victim}\n`,
});

/** What is wrong with what the team wrote. */
export function problemsOf(attempt: Attempt): readonly Problem[] {
  try {
    loadInventory(inventoryFiles({}, files(attempt)));
    return [];
  } catch (error) {
    if (error instanceof PlatformError) return error.problems;
    throw error;
  }
}

interface PolicyParts {
  readonly login?: string;
  readonly grant?: string;
}

/** A policy of a tenant with one login, or with one grant. */
export const policyWith = ({
  login = '{type: approle}',
  grant = '{path: configs, operations: [read]}',
}: PolicyParts): string => `policies:
  - name: app
    environments: [devel]
    reason: The program
    grants:
      - ${grant}
    logins:
      - ${login}`;
