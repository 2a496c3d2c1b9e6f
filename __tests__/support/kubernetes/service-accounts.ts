import { randomBytes } from 'node:crypto';

import { eventually } from '../eventually';
import type { Kubernetes } from './kubernetes';

/** ServiceAccounts in namespaces of a test's own, and their tokens, made by kubectl as an operator would. */
export class ServiceAccounts {
  private readonly namespaces: string[] = [];
  private readonly bindings: string[] = [];

  constructor(private readonly kubernetes: Kubernetes) {}

  /** Makes a namespace, which must not be there yet, with accounts in it. */
  public async create(namespace: string, ...accounts: string[]): Promise<void> {
    await this.kubectl(`create namespace ${namespace}`);
    this.namespaces.push(namespace);
    for (const account of accounts) await this.kubectl(`create serviceaccount ${account} --namespace=${namespace}`);
  }

  /** Lets accounts, `<namespace>:<name>`, ask the API server about tokens. */
  public async letReview(...accounts: string[]): Promise<void> {
    const name = `vault-platform-test-${randomBytes(4).toString('hex')}`;
    const subjects = accounts.map((account) => `--serviceaccount=${account}`).join(' ');
    await this.kubectl(`create clusterrolebinding ${name} --clusterrole=system:auth-delegator ${subjects}`);
    this.bindings.push(name);
    for (const account of accounts) {
      await eventually(`${account} to be allowed to review tokens`, () => this.mayReview(account));
    }
  }

  /**
   * A token of an account, `<namespace>:<name>`.
   *
   * @param audience whom it is made out to. @default - the API server
   */
  public async token(account: string, audience?: string, options = ''): Promise<string> {
    const [namespace, name] = account.split(':');
    const of = audience === undefined ? '' : ` --audience=${audience}`;
    return (await this.kubectl(`create token ${name} --namespace=${namespace} --duration=10m${of}${options}`)).trim();
  }

  /** A token that has not expired, but was good only as long as something that is gone: what a pod's is when the pod is. */
  public async orphanedToken(account: string, audience?: string): Promise<string> {
    const [namespace] = account.split(':');
    const [kind, name] = ['secret', 'owner-of-token'];
    await this.kubectl(`create ${kind} generic ${name} --namespace=${namespace}`);
    const bound = ` --bound-object-kind=Secret --bound-object-name=${name}`;
    const token = await this.token(account, audience, bound);
    await this.kubectl(`delete ${kind} ${name} --namespace=${namespace}`);
    return token;
  }

  /** Removes all of it. */
  public async dispose(): Promise<void> {
    for (const binding of this.bindings) await this.kubectl(`delete clusterrolebinding ${binding}`);
    if (this.namespaces.length > 0) await this.kubectl(`delete namespace ${this.namespaces.join(' ')}`);
  }

  private async mayReview(account: string): Promise<boolean> {
    const as = `--as=system:serviceaccount:${account}`;
    const rights = this.kubectl(`auth can-i create tokenreviews.authentication.k8s.io ${as}`);
    return await rights.then(
      () => true,
      () => false,
    );
  }

  private async kubectl(command: string): Promise<string> {
    return await this.kubernetes.kubectl(command.split(' '));
  }
}
