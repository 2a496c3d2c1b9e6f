import { Policy as VaultPolicy } from '@cdktf/provider-vault/lib/policy';
import { Construct, type IConstruct } from 'constructs';

import { PolicyDocument, type IGrantable, type PolicyStatement } from './policy-document';

export interface PolicyAttributes {
  /** Lower-case name; unique in the cluster, since the server overwrites a policy of the same name without a word. */
  readonly policyName: string;
}

export type PolicyProps = PolicyAttributes;

/** A policy, made here or elsewhere, that roles can give. */
export interface IPolicy extends IConstruct {
  readonly policyName: string;
}

class ImportedPolicy extends Construct implements IPolicy {
  public readonly policyName: string;

  constructor(scope: Construct, id: string, { policyName }: PolicyAttributes) {
    super(scope, id);
    this.policyName = policyName;
  }
}

/**
 * A policy on the server, which grants write their rules into: `engine.grantRead(policy, 'checkout/configs')`.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/policy
 */
export class Policy extends Construct implements IPolicy, IGrantable {
  /** A policy that another stack owns: roles can give it, and nothing can be granted to it here. */
  public static fromPolicyAttributes(scope: Construct, id: string, attributes: PolicyAttributes): IPolicy {
    return new ImportedPolicy(scope, id, attributes);
  }

  public readonly policyName: string;
  private readonly document: PolicyDocument;
  private readonly resource: VaultPolicy;

  constructor(scope: Construct, id: string, props: PolicyProps) {
    super(scope, id);
    this.policyName = props.policyName;
    this.document = new PolicyDocument(props.policyName);
    this.resource = new VaultPolicy(this, 'Resource', { name: props.policyName, policy: '' });
    this.node.addValidation({
      validate: () =>
        this.document.isEmpty ? [`policy ${props.policyName} grants nothing: grant something or leave it out`] : [],
    });
  }

  public addStatement(statement: PolicyStatement): void {
    this.document.addStatement(statement);
    this.resource.policy = this.document.toHcl();
  }
}
