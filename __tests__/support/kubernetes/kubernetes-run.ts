import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { App } from 'cdktf';
import type { Construct } from 'constructs';

import { KubernetesStack } from '../../../stacks/kubernetes-stack';
import { TerraformFolder, type StackMaker } from '../terraform/terraform-folder';
import type { Kubernetes } from './kubernetes';

class BareKubernetesStack extends KubernetesStack {}

/** Makes a stack that holds what `build` puts into it, and the kubernetes provider. */
export const inKubernetes =
  (build: (scope: Construct) => void): StackMaker =>
  (app: App) => {
    const stack = new BareKubernetesStack(app, 'test', { backend: 'local' });
    build(stack);
    return stack;
  };

/** A working folder of Terraform for a Kubernetes cluster; nothing was applied yet. Goes with {@link removeFolder}. */
export async function kubernetesFolder(kubernetes: Pick<Kubernetes, 'kubeconfig'>): Promise<TerraformFolder> {
  const directory = mkdtempSync(path.join(tmpdir(), 'vault-platform-terraform-'));
  return await TerraformFolder.prepare(directory, { KUBE_CONFIG_PATH: kubernetes.kubeconfig }, ['kubernetes']);
}

/** Removes a folder with its state; what it made stays. */
export const removeFolder = ({ directory }: TerraformFolder): void =>
  rmSync(directory, { recursive: true, force: true });
