import { Policy as VaultPolicy } from '@cdktf/provider-vault/lib/policy';
import { Construct, type IConstruct } from 'constructs';

import { PolicyDocument, type IGrantable, type PolicyStatement } from './policy-document';

export interface PolicyAttributes {
  /** Lower-case name, unique in the cluster: the server overwrites an existing policy of the same name without an error. */
  readonly policyName: string;
}

export type PolicyProps = PolicyAttributes;

/** A policy of this or another stack, which roles can refer to. */
export interface IPolicy extends IConstruct, PolicyAttributes {}

class ImportedPolicy extends Construct implements IPolicy {
  public readonly policyName: string;

  constructor(scope: Construct, id: string, { policyName }: PolicyAttributes) {
    super(scope, id);
    this.policyName = policyName;
  }
}

/**
 * A policy on the server. Grants add rules to it: `engine.grantRead(policy, 'checkout/configs')`.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/policy
 */
export class Policy extends Construct implements IPolicy, IGrantable {
  /** A policy of another stack: roles can refer to it, but access cannot be granted to it here. */
  public static fromPolicyAttributes(scope: Construct, id: string, attributes: PolicyAttributes): IPolicy {
    return new ImportedPolicy(scope, id, attributes);
  }

  public readonly policyName: string;
  private readonly document: PolicyDocument;
  private readonly resource: VaultPolicy;

  constructor(scope: Construct, id: string, props: PolicyProps) {
    super(scope, id);
    this.policyName = props.policyName;
    this.document = new PolicyDocument(`${props.policyName} (${this.node.path})`);
    this.resource = new VaultPolicy(this, 'Resource', { name: props.policyName, policy: '' });
    this.node.addValidation({
      validate: () =>
        this.document.isEmpty ? [`policy ${props.policyName} grants nothing: grant access to it, or remove it`] : [],
    });
  }

  public addStatement(statement: PolicyStatement): void {
    this.document.addStatement(statement);
    this.resource.policy = this.document.toHcl();
  }
}
