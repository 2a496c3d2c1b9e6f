import type { Principal, TokenSettings } from '../../principals/access-model';
import type { LintRule } from '../lint-rule';

/** Reports of all principals with known token settings for which `problem` returns a message. */
const eachToken = (
  principals: readonly Principal[],
  problem: (token: TokenSettings, id: string) => string | undefined,
): ReturnType<LintRule['check']> =>
  principals.flatMap(({ id, token }) => {
    const message = token === undefined ? undefined : problem(token, id);
    return message === undefined ? [] : [{ principal: id, message }];
  });

export const batchRenewal: LintRule = {
  id: 'batch-renewal',
  severity: 'warning',
  title: 'batch tokens with settings for renewal',
  check: ({ model }) =>
    eachToken(model.principals, ({ type, periodSeconds, explicitMaxTtlSeconds }, id) =>
      type === 'batch' && (periodSeconds > 0 || explicitMaxTtlSeconds > 0)
        ? `${id} issues batch tokens, which cannot be renewed, but has ${periodSeconds > 0 ? 'a period' : 'an explicit maximum TTL'}: remove it, or issue service tokens`
        : undefined,
    ),
};

export const unboundedTtl: LintRule = {
  id: 'unbounded-ttl',
  severity: 'warning',
  title: 'tokens that can be renewed for ever, or live as long as the server allows',
  check: ({ model }) =>
    eachToken(model.principals, ({ type, ttlSeconds, maxTtlSeconds, periodSeconds, explicitMaxTtlSeconds }, id) => {
      if (type !== 'batch' && periodSeconds > 0 && explicitMaxTtlSeconds === 0) {
        return `tokens of ${id} can be renewed for ever, because they have a period: set an explicit maximum TTL`;
      }
      return periodSeconds === 0 && ttlSeconds === 0 && maxTtlSeconds === 0 && explicitMaxTtlSeconds === 0
        ? `tokens of ${id} live as long as the mount or the server allows, 32 days by default: set a TTL and a maximum TTL`
        : undefined;
    }),
};
