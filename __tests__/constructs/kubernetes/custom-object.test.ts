import { CustomObject, type CustomObjectProps } from '../../../constructs/kubernetes/custom-object';
import { kubernetesTemplate } from '../../support/template/kubernetes-template';
import type { Template } from '../../support/template/template';

describe('CustomObject', () => {
  const object = (over: Partial<CustomObjectProps> = {}): Template =>
    kubernetesTemplate((scope) => {
      new CustomObject(scope, 'widget', {
        apiVersion: 'example.com/v2',
        kind: 'Widget',
        definition: 'widgets.example.com',
        name: 'one',
        namespace: 'somewhere',
        labels: { app: 'test' },
        spec: { size: 1 },
        needs: 'the widget operator',
        ...over,
      });
    });

  it('minimal: the object, if its CRD serves the version', () => {
    const template = object();
    expect(template.resource('kubernetes_manifest')).toEqual({
      manifest: {
        apiVersion: 'example.com/v2',
        kind: 'Widget',
        metadata: { name: 'one', namespace: 'somewhere', labels: { app: 'test' } },
        spec: { size: 1 },
      },
      count: expect.stringMatching(
        /^\$\{length\(\[for .* data\.kubernetes_resources\..*version\.served.*"v2"\)\]\)\}$/,
      ) as string,
    });
    expect(template.json).toMatchObject({
      data: {
        kubernetes_resources: {
          widget_definition: {
            api_version: 'apiextensions.k8s.io/v1',
            kind: 'CustomResourceDefinition',
            field_selector: 'metadata.name=widgets.example.com',
          },
        },
      },
    });
  });

  it('warns with the missing CRD and what to install', () => {
    expect(object().json).toMatchObject({
      check: {
        widget_defined: {
          assert: [
            {
              condition: '${length(kubernetes_manifest.widget) > 0}',
              error_message:
                'Widget somewhere/one is left out: this Kubernetes has no widgets.example.com of version v2. Install the widget operator, then apply again.',
            },
          ],
        },
      },
    });
  });

  it('maximal: protected, ignored fields and dependencies; the CRD lookup depends on nothing', () => {
    const template = kubernetesTemplate((scope) => {
      const before = new CustomObject(scope, 'before', {
        ...{ apiVersion: 'example.com/v2', kind: 'Widget', definition: 'widgets.example.com' },
        ...{ name: 'zero', namespace: 'somewhere', labels: {}, spec: {}, needs: 'the widget operator' },
      });
      new CustomObject(scope, 'widget', {
        ...{ apiVersion: 'example.com/v2', kind: 'Widget', definition: 'widgets.example.com' },
        ...{ name: 'one', namespace: 'somewhere', labels: {}, spec: {}, needs: 'the widget operator' },
        annotations: { note: 'text' },
        preventDestroy: true,
        computedFields: ['spec.size'],
        dependsOn: [before.manifest],
      });
    });
    expect(template.resources('kubernetes_manifest').widget).toMatchObject({
      manifest: { metadata: { annotations: { note: 'text' } } },
      computed_fields: ['spec.size'],
      lifecycle: { prevent_destroy: true },
      depends_on: ['kubernetes_manifest.before'],
    });
    expect(JSON.stringify((template.json as { data: object }).data)).not.toContain('depends_on');
  });
});
