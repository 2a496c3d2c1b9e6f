import { PlatformError, type Problem } from '../model/errors';
import type { KubernetesLogin } from '../model/tenant/logins/kubernetes';

/** Selects the ServiceAccount of the pod among those that may log in. */
export interface AccountChoice {
  /** @default - the first one in the login that has no wildcard */
  readonly namespace?: string;
  /** @default - the first one in the login that has no wildcard */
  readonly serviceAccount?: string;
}

export interface KubernetesAccount {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Audience of the account's token. */
  readonly audience: string;
}

/** @throws PlatformError `usage` if the chosen account may not log in, or if the login has wildcards only and none was chosen */
export function kubernetesAccount(login: KubernetesLogin, choice: AccountChoice): KubernetesAccount {
  const problems: Problem[] = [];
  const pick = (option: string, allowed: readonly string[], chosen: string | undefined): string => {
    const name = chosen ?? allowed.find((candidate) => !candidate.includes('*'));
    if (name !== undefined && allowed.some((pattern) => matches(pattern, name))) return name;
    problems.push({
      message:
        name === undefined ? `--${option} is required: the login has wildcards only` : `this ${option} may not log in`,
      ...(name !== undefined && { given: `--${option} ${name}` }),
      allowed: allowed.join(', '),
      fix: `set --${option} to a name that matches`,
    });
    return '';
  };
  const namespace = pick('namespace', login.namespaces, choice.namespace);
  const serviceAccount = pick('service-account', login.serviceAccounts, choice.serviceAccount);
  if (problems.length > 0) throw new PlatformError('usage', problems);
  return { namespace, serviceAccount, audience: login.method.audience };
}

/** Matches as the server does: `*` is any text. */
function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}
