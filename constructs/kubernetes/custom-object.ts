import { DataKubernetesResources } from '@cdktf/provider-kubernetes/lib/data-kubernetes-resources';
import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import { type ITerraformDependable, TerraformElement } from 'cdktf';
import { Construct } from 'constructs';

import type { Labels } from '../../model/cluster/kubernetes/parts';

export interface CustomObjectProps {
  /** Group and version, for example `cert-manager.io/v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** Name of the definition: `<plural>.<group>`, for example `certificates.cert-manager.io`. */
  readonly definition: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly annotations?: Labels;
  readonly spec: Readonly<Record<string, unknown>>;
  /** What to install, for people: `cert-manager`. */
  readonly needs: string;
  /** Holds data: Terraform refuses to remove it. @default false */
  readonly preventDestroy?: boolean;
  /** Fields that others write. @default - those of Kubernetes itself */
  readonly computedFields?: readonly string[];
  /** What has to be there before it: the namespace. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * An object of a kind that Kubernetes does not have by itself. Terraform has to know the definition of its kind when it
 * plans, and on a new cluster that may not be there yet, or in other versions only: then the object is left out, the plan
 * warns and says what is missing, and the next apply makes it. Terraform's identity has to be allowed to list custom resource
 * definitions. See docs/decisions/0023-custom-objects.md.
 */
export class CustomObject extends Construct {
  /** The object, for those that have to come after it. */
  public readonly manifest: Manifest;

  constructor(scope: Construct, id: string, props: CustomObjectProps) {
    super(scope, id);
    const { apiVersion, kind, definition, name, namespace, labels, annotations, spec } = props;
    // It must not depend on anything: Terraform would read it while it applies, and not know the count when it plans.
    const definitions = new DataKubernetesResources(this, 'definition', {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      fieldSelector: `metadata.name=${definition}`,
    });
    this.manifest = new Manifest(this, 'Resource', {
      manifest: {
        apiVersion,
        kind,
        metadata: { name, namespace, labels, ...(annotations !== undefined && { annotations }) },
        spec,
      },
      ...(props.computedFields !== undefined && { computedFields: [...props.computedFields] }),
      ...(props.preventDestroy === true && { lifecycle: { preventDestroy: true } }),
      ...(props.dependsOn !== undefined && { dependsOn: [...props.dependsOn] }),
    });
    const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
    const served = `[for version in definition.spec.versions : version.name if version.served]`;
    this.manifest.addOverride(
      'count',
      `\${length([for definition in ${definitions.fqn}.objects : 1 if contains(${served}, "${version}")])}`,
    );
    new Check(this, 'defined', {
      condition: `\${length(${this.manifest.fqn}) > 0}`,
      errorMessage: `${kind} ${namespace}/${name} is left out: this Kubernetes has no ${definition} of version ${version}. Install ${props.needs}, then apply again.`,
    });
  }
}

interface CheckProps {
  readonly condition: string;
  readonly errorMessage: string;
}

/** A condition that only warns, which cdktf does not know. @see https://developer.hashicorp.com/terraform/language/checks */
class Check extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: CheckProps,
  ) {
    super(scope, id);
  }

  public override toTerraform(): unknown {
    const { condition, errorMessage } = this.props;
    return { check: { [this.friendlyUniqueId]: { assert: [{ condition, error_message: errorMessage }] } } };
  }
}
