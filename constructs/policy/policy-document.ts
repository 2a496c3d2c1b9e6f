import { PlatformError } from '../../model/errors';
import { capabilityOrder, type Capability } from './capability';
import { pathFault } from './policy-path';

/** One rule of a policy. */
export interface PolicyStatement {
  /**
   * API path without `/v1/`, for example `v1/devel/kv/data/checkout/configs`; `+` is one segment, a trailing `*` any rest, and
   * `{{identity.entity.id}}`, `.name` or `.metadata.<key>` a segment that the server fills in.
   */
  readonly path: string;
  /** What is allowed there; at least one. */
  readonly capabilities: readonly Capability[];
  /** Parameters that a request must not have, whatever their value. @default - none */
  readonly deniedParameters?: readonly string[];
  /** Why, one line, as a comment above the rule. @default - no comment */
  readonly reason?: string;
}

/** Whatever access can be granted to. */
export interface IGrantable {
  /** @throws PlatformError `construct` if the path has a rule already or is a trap; see {@link PolicyDocument.add} */
  addStatement(statement: PolicyStatement): void;
}

/**
 * The rules of one policy, and the only place where policy text is written.
 *
 * @see https://openbao.org/docs/concepts/policies/
 */
export class PolicyDocument implements IGrantable {
  private readonly paths = new Set<string>();
  private text = '';

  /** @param name names the policy in errors */
  constructor(private readonly name: string) {}

  public get isEmpty(): boolean {
    return this.paths.size === 0;
  }

  /**
   * Adds a rule.
   *
   * @throws PlatformError `construct` if the path has a rule already (the server would merge the two, and a reader would
   * see only one), or if the server would read the path in another way than it looks
   */
  public addStatement(statement: PolicyStatement): void {
    const { path, capabilities, reason } = statement;
    const refuse = (message: string, fix: string, given = path): never => {
      throw new PlatformError('construct', [{ message: `policy ${this.name}: ${message}`, given, fix }]);
    };
    if (this.paths.has(path)) refuse('two rules for one path', 'grant all capabilities on a path at once');
    if (capabilities.length === 0) refuse('a rule without capabilities', 'name at least one capability');
    if (capabilities.includes('deny') && new Set(capabilities).size > 1) {
      refuse('a rule that allows and denies, of which only the denial counts', 'leave out one or the other');
    }
    const fault = pathFault(path, capabilities);
    if (fault !== undefined) refuse(fault.message, fault.fix);
    // A second line would be no comment any more but a rule, and Terraform would fill in a template.
    if (reason !== undefined && /[\p{Cc}\u2028\u2029]|[$%]\{/u.test(reason)) {
      refuse('a reason that is more than a comment', 'write one line, without ${ and %{', JSON.stringify(reason));
    }
    this.text += `${this.isEmpty ? '' : '\n'}${renderStatement(statement)}`;
    this.paths.add(path);
  }

  /** Policy text in HCL, rules in the order they were added; ends with a newline. */
  public toHcl(): string {
    return this.text;
  }
}

function renderStatement({ path, capabilities, deniedParameters = [], reason }: PolicyStatement): string {
  const sorted = capabilityOrder.filter((capability) => capabilities.includes(capability));
  return [
    ...(reason === undefined ? [] : [`# ${reason}`]),
    `path ${JSON.stringify(path)} {`,
    `  capabilities = [${sorted.map((capability) => JSON.stringify(capability)).join(', ')}]`,
    ...(deniedParameters.length === 0
      ? []
      : ['  denied_parameters = {', ...deniedParameters.map((name) => `    ${JSON.stringify(name)} = []`), '  }']),
    '}',
    '',
  ].join('\n');
}
