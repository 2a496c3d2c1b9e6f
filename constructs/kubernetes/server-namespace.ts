import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { Construct } from 'constructs';

import type { ServerContext } from './server-part';

export interface ServerNamespaceProps {
  readonly context: Pick<ServerContext, 'server' | 'labels'>;
}

/**
 * The namespace of a cluster's servers, with Pod Security `restricted`. Terraform refuses to destroy it, because that would delete
 * everything in it permanently, including the Secrets of database and seal.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export class ServerNamespace extends Construct {
  public readonly resource: NamespaceV1;

  constructor(scope: Construct, id: string, { context }: ServerNamespaceProps) {
    super(scope, id);
    const modes = ['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']);
    this.resource = new NamespaceV1(this, 'Resource', {
      metadata: {
        name: context.server.namespace,
        labels: { ...context.labels, ...(Object.fromEntries(modes) as Record<string, string>) },
      },
      lifecycle: { preventDestroy: true },
    });
  }
}
