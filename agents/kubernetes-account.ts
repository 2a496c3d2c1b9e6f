import { PlatformError, type Problem } from '../model/errors';
import type { KubernetesLogin } from '../model/tenant/logins/kubernetes';

/** Which of the accounts that may log in the pod runs as. */
export interface AccountChoice {
  /** @default - the first that the login names without a wildcard */
  readonly namespace?: string;
  /** @default - the first that the login names without a wildcard */
  readonly serviceAccount?: string;
}

export interface KubernetesAccount {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Whom the account's token is made out to. */
  readonly audience: string;
}

/** @throws PlatformError `usage` if the choice may not log in, or nothing was chosen among all */
export function kubernetesAccount(login: KubernetesLogin, choice: AccountChoice): KubernetesAccount {
  const problems: Problem[] = [];
  const pick = (option: string, allowed: readonly string[], chosen: string | undefined): string => {
    const name = chosen ?? allowed.find((candidate) => !candidate.includes('*'));
    if (name !== undefined && allowed.some((pattern) => matches(pattern, name))) return name;
    problems.push({
      message: name === undefined ? `say which one: --${option}` : 'it may not log in',
      ...(name !== undefined && { given: `--${option} ${name}` }),
      allowed: allowed.join(', '),
    });
    return '';
  };
  const namespace = pick('namespace', login.namespaces, choice.namespace);
  const serviceAccount = pick('service-account', login.serviceAccounts, choice.serviceAccount);
  if (problems.length > 0) throw new PlatformError('usage', problems);
  return { namespace, serviceAccount, audience: login.method.audience };
}

/** As the server does it: `*` stands for any text. */
function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}
