import type { StackKind } from '../../../model/names';
import type { PolicyText } from '../policy-text';
import { enginesProvisionerPolicy } from './engines-policy';
import { platformProvisionerPolicy } from './platform-policy';
import { teamsProvisionerPolicy, type TeamsPolicyProps } from './teams-policy';

/**
 * The policies of Terraform, one for each kind of stack: exactly what these stacks of one cluster need. docs/guides/security.md lists what
 * each of them can do in wrong hands.
 */
export function provisionerPolicies(props: TeamsPolicyProps): Readonly<Record<StackKind, PolicyText>> {
  const { cluster, environments } = props;
  return {
    platform: platformProvisionerPolicy(cluster, environments),
    engines: enginesProvisionerPolicy(environments),
    teams: teamsProvisionerPolicy(props),
  };
}
