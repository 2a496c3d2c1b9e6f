import type { Problem } from '../model/errors';
import type { Inventory } from '../model/inventory';
import { areLoginsCounted } from '../model/tenant/login';

/** What an inventory may say, although the server does less than it seems. */
export const hintsOf = ({ tenants }: Inventory): Problem[] =>
  tenants.flatMap(({ source, environments }) => {
    const limited = environments.filter(({ quotas }) => quotas.loginsPerSecond !== undefined);
    const policies = limited.flatMap((settings) => settings.policies);
    const types = new Set(
      policies.flatMap(({ logins }) =>
        logins.filter((login) => login.type !== 'token' && !areLoginsCounted(login)).map(({ type }) => type),
      ),
    );
    if (source === undefined || types.size === 0) return [];
    return [
      {
        file: source.file,
        ...source.position(['quotas', 'loginsPerSecond']),
        message: `loginsPerSecond does not limit logins of the type ${[...types].join(', ')}, which servers cannot count by role`,
        fix: 'rely on requestsPerSecond for these, or use logins of the type approle, kubernetes or aws',
      },
    ];
  });
