import { Policy as VaultPolicy } from '@cdktf/provider-vault/lib/policy';
import { Construct } from 'constructs';

import { PolicyDocument, type IGrantable, type PolicyStatement } from './policy-document';

export interface PolicyProps {
  /** Lower-case name; unique in the cluster, since the server overwrites a policy of the same name without a word. */
  readonly policyName: string;
}

/** A policy that grants write their rules into: `engine.grantRead(policy, 'checkout/configs')`. */
export interface IPolicy extends IGrantable {
  readonly policyName: string;
}

/**
 * A policy on the server.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/policy
 */
export class Policy extends Construct implements IPolicy {
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
