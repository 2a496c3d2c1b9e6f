import { DataKubernetesResources } from '@cdktf/provider-kubernetes/lib/data-kubernetes-resources';
import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import { type ITerraformDependable, TerraformElement } from 'cdktf';
import { Construct } from 'constructs';

import type { Labels } from '../../model/cluster/kubernetes/parts';

export interface CustomObjectProps {
  /** Group and version, for example `cert-manager.io/v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** Name of the custom resource definition: `<plural>.<group>`, for example `certificates.cert-manager.io`. */
  readonly definition: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  /** @default - none */
  readonly annotations?: Labels;
  readonly spec: Readonly<Record<string, unknown>>;
  /** What to install, for the message: `cert-manager`. */
  readonly needs: string;
  /** Whether Terraform refuses to destroy it, because it holds data. @default false */
  readonly preventDestroy?: boolean;
  /** Fields that other controllers write. @default - those that Kubernetes writes */
  readonly computedFields?: readonly string[];
  /** Elements that Terraform creates before: the namespace. @default - none */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * A custom resource. Terraform requires its definition for a plan, and a new cluster may not have it, or only other versions of it. Then
 * the object is omitted, the plan warns and names what is missing, and the next apply creates it. Terraform needs permission to list
 * custom resource definitions. See docs/decisions/0023-custom-objects.md.
 */
export class CustomObject extends Construct {
  /** The object, for elements that Terraform has to create after it. */
  public readonly manifest: Manifest;

  constructor(scope: Construct, id: string, props: CustomObjectProps) {
    super(scope, id);
    const { apiVersion, kind, definition, name, namespace, labels, annotations, spec } = props;
    // Without dependencies: with one, Terraform would read it during the apply, and the count would be unknown in the plan.
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

/** A `check` block, which only warns. cdktf has no class for it. @see https://developer.hashicorp.com/terraform/language/checks */
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
