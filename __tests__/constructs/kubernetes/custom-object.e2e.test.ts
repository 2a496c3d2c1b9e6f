import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';

import { CustomObject } from '../../../constructs/kubernetes/custom-object';
import { kubernetesMissing, useKubernetes } from '../../support/kubernetes/kubernetes';
import { inKubernetes, kubernetesFolder, removeFolder } from '../../support/kubernetes/kubernetes-run';
import { itUnless } from '../../support/skips';
import type { StackMaker, TerraformFolder } from '../../support/terraform/terraform-folder';

const namespace = 'custom-objects';
const definition = 'widgets.test.example.com';

/** As another project's definitions come: with a schema, and in some versions. */
const widgets = (...versions: readonly string[]): string =>
  JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: definition },
    spec: {
      group: 'test.example.com',
      scope: 'Namespaced',
      names: { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' },
      versions: versions.map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: {
                  size: { type: 'integer' },
                  colour: { type: 'string', default: 'grey' },
                  port: { 'x-kubernetes-int-or-string': true },
                },
              },
            },
          },
        },
      })),
    },
  });

/** A namespace, and in it what is to be there where its definition is. */
const stack = (size?: number): StackMaker =>
  inKubernetes((scope) => {
    const made = new NamespaceV1(scope, 'namespace', { metadata: { name: namespace } });
    if (size === undefined) return;
    new CustomObject(scope, 'widget', {
      apiVersion: 'test.example.com/v2',
      kind: 'Widget',
      definition,
      name: 'one',
      namespace,
      labels: { app: 'test' },
      spec: { size, port: 8200 },
      needs: 'widgets',
      dependsOn: [made],
    });
  });

describe('an object of a kind that Kubernetes does not have by itself', () => {
  const missing = kubernetesMissing();
  if (missing !== undefined) {
    itUnless(missing, 'custom objects')('work', () => undefined);
    return;
  }
  let folder: TerraformFolder | undefined;
  const kubernetes = useKubernetes({
    before: async (started) => {
      folder = await kubernetesFolder(started);
    },
    after: async ({ kubectl }) => {
      await folder?.destroy();
      if (folder !== undefined) removeFolder(folder);
      await kubectl(['delete', 'customresourcedefinition', definition, '--ignore-not-found']);
    },
  });
  const define = async (...versions: readonly string[]): Promise<void> => {
    const { kubectl } = kubernetes();
    await kubectl(['apply', '-f', '-'], { input: widgets(...versions) });
    await kubectl(['wait', '--for=condition=Established', '--timeout=60s', 'customresourcedefinition', definition]);
  };
  const widget = async (): Promise<unknown> => {
    const text = await kubernetes().kubectl([
      'get',
      'widget.v2.test.example.com',
      'one',
      '-n',
      namespace,
      '-o',
      'json',
    ]);
    return (JSON.parse(text) as { spec: unknown }).spec;
  };

  it('is left out with a warning when its CRD is missing, while the rest is created', async () => {
    expect(await folder!.apply(stack(1))).toEqual({ added: 1, changed: 0, removed: 0 });
    expect(warnings(folder!)).toEqual([
      `Widget ${namespace}/one is left out: this Kubernetes has no ${definition} of version v2. Install widgets, then apply again.`,
    ]);
  });

  it('is left out while its CRD serves only other versions', async () => {
    await define('v1');
    expect(await folder!.plan()).toEqual([]);
  });

  it('is created by the next apply, and the plan after that is empty', async () => {
    await define('v2', 'v1');
    expect(await folder!.apply(stack(1))).toEqual({ added: 1, changed: 0, removed: 0 });
    expect(await widget()).toEqual({ size: 1, colour: 'grey', port: 8200 });
    expect(await folder!.plan()).toEqual([]);
    expect(warnings(folder!)).toEqual([]);
  });

  it('is changed and removed like other resources', async () => {
    expect(await folder!.apply(stack(2))).toEqual({ added: 0, changed: 1, removed: 0 });
    expect(await widget()).toMatchObject({ size: 2 });
    expect(await folder!.apply(stack())).toEqual({ added: 0, changed: 0, removed: 1 });
    await expect(widget()).rejects.toThrow(/not found/i);
  });

  it('is created with its namespace when the CRD exists', async () => {
    await folder!.destroy();
    expect(await folder!.apply(stack(3))).toEqual({ added: 2, changed: 0, removed: 0 });
    expect(await widget()).toMatchObject({ size: 3 });
  });
});

interface State {
  readonly check_results?: readonly {
    readonly objects: readonly { readonly status: string; readonly failure_messages?: readonly string[] }[];
  }[];
}

/** What the last run warned of, by the state that it left. */
function warnings(folder: TerraformFolder): string[] {
  const { check_results: checks } = JSON.parse(folder.stateText()) as State;
  return (checks ?? []).flatMap(({ objects }) => objects.flatMap(({ failure_messages: messages = [] }) => messages));
}
