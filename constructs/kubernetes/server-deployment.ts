import { StatefulSetV1, type StatefulSetV1SpecTemplate } from '@cdktf/provider-kubernetes/lib/stateful-set-v1';
import { Construct } from 'constructs';

import { peerService } from '../../model/names';
import { attendantContainer, scratch } from './attendant-container';
import { combineParts } from './combine-parts';
import { Disruption } from './disruption';
import { placementBlocks } from './placement';
import { volumeBlocks } from './render';
import { podSecurity } from './security';
import { accountToken, ServerAccount } from './server-account';
import { serverContainer } from './server-container';
import { ServerFiles } from './server-files';
import type { Egress, ServerContext, ServerPart } from './server-part';
import { ServerServices } from './services';

export interface ServerDeploymentProps {
  readonly context: ServerContext;
  /** Requirements of storage, seal, certificate and audit. */
  readonly parts: readonly ServerPart[];
}

/**
 * The servers of a cluster: a StatefulSet with its ServiceAccount, configuration and Services.
 *
 * Terraform does not wait for the pods, because a new cluster is not ready until it is initialised. Kubernetes does not replace pods after a
 * change: `platform rollout` does, one by one and the active one last. See docs/decisions/0022-rollout.md.
 */
export class ServerDeployment extends Construct {
  public readonly resource: StatefulSetV1;
  /** Connections that the parts require. */
  public readonly egress: readonly Egress[];

  constructor(scope: Construct, id: string, { context, parts }: ServerDeploymentProps) {
    super(scope, id);
    const { name, server, labels, podLabels } = context;
    const asked = combineParts(parts);
    this.egress = asked.egress;
    const account = new ServerAccount(this, 'account', { context, annotations: asked.serviceAccountAnnotations });
    const files = new ServerFiles(this, 'files', { context, configuration: asked.configuration });
    const { priorityClass } = new Disruption(this, 'disruption', { context });
    new ServerServices(this, 'services', { context });

    const volumes = [files.volume, scratch, accountToken, ...asked.volumes];
    const template: StatefulSetV1SpecTemplate = {
      metadata: {
        labels: { ...labels, ...podLabels, ...asked.podLabels },
        annotations: { 'vault-platform/configuration': files.checksum },
      },
      spec: {
        serviceAccountName: account.accountName,
        // Only the container of the server mounts the token, as a volume.
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        // The sidecar sends signals to the server.
        shareProcessNamespace: true,
        terminationGracePeriodSeconds: server.terminationGraceSeconds,
        priorityClassName: priorityClass,
        securityContext: podSecurity,
        ...(server.imagePullSecrets.length > 0 && {
          imagePullSecrets: server.imagePullSecrets.map((secret) => ({ name: secret })),
        }),
        ...placementBlocks(server.placement, podLabels),
        container: [serverContainer(context, asked.environment, volumes), attendantContainer(context, volumes)],
        volume: volumeBlocks(volumes),
      },
    };
    this.resource = new StatefulSetV1(this, 'Resource', {
      metadata: { name, namespace: server.namespace, labels: { ...labels, 'app.kubernetes.io/component': 'server' } },
      spec: {
        serviceName: peerService(context.cluster),
        replicas: String(server.replicas),
        selector: { matchLabels: { ...podLabels } },
        podManagementPolicy: 'Parallel',
        updateStrategy: [{ type: 'OnDelete' }],
        template,
      },
      waitForRollout: false,
      dependsOn: [...account.dependables, files.resource, ...asked.dependsOn],
    });
  }
}
