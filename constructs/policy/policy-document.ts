import { problemsOf, refuse, type PropsRule } from '../validate-props';
import { capabilityOrder, type Capability } from './capability';
import { pathFault } from './policy-path';

/** Values of parameters by name. Servers compare them differently: see docs/guides/security.md, "The provisioner". */
export type ParameterValues = Readonly<Record<string, readonly (string | boolean | readonly [])[]>>;

/** One rule of a policy. */
export interface PolicyStatement {
  /**
   * API path without `/v1/`, for example `v1/devel/kv/data/checkout/configs`. `+` is one segment, a trailing `*` any suffix, and
   * `{{identity.entity.id}}`, `.name` or `.metadata.<key>` a segment that the server fills in.
   */
  readonly path: string;
  /** At least one. */
  readonly capabilities: readonly Capability[];
  /** Parameters that a request must not have, whatever their value. @default - none */
  readonly deniedParameters?: readonly string[];
  /** Values that parameters must not have; a `*` at either end of a text stands for any rest. @default - none */
  readonly deniedValues?: ParameterValues;
  /** Parameters that a request may have, with their values; none for any value, and the parameter `*` for all others. @default - all */
  readonly allowedValues?: ParameterValues;
  /** The response must be wrapped, for at most this duration of Vault, for example `15m`. @default - it need not be */
  readonly maxWrappingTtl?: string;
  /** Reason for the rule, on one line; written as a comment above it. @default - no comment */
  readonly reason?: string;
}

/** Access can be granted to it. */
export interface IGrantable {
  /** @throws PlatformError `construct` if the statement is refused; see {@link PolicyDocument.addStatement} */
  addStatement(statement: PolicyStatement): void;
}

const rules: readonly PropsRule<PolicyStatement>[] = [
  ({ path, capabilities }) =>
    capabilities.length > 0
      ? undefined
      : { message: 'the rule has no capabilities', given: path, fix: 'name at least one capability' },
  ({ path, capabilities }) =>
    capabilities.includes('deny') && new Set(capabilities).size > 1
      ? {
          message: '`deny` overrides the other capabilities of the rule',
          given: path,
          fix: 'remove `deny`, or the other capabilities',
        }
      : undefined,
  ({ path, capabilities, maxWrappingTtl }) => {
    // Vault decides a list by the path without its slash, so the rule for a wrapped response decides that list as well.
    const checked = maxWrappingTtl === undefined ? capabilities : capabilities.filter((each) => each !== 'list');
    const fault = pathFault(path, checked);
    return fault && { ...fault, given: path };
  },
  ({ reason }) =>
    // A second line would be a rule instead of a comment, and Terraform would fill in a template.
    reason !== undefined && /[\p{Cc}\u2028\u2029]|[$%]\{/u.test(reason)
      ? {
          message: 'the reason is not a one-line comment',
          given: JSON.stringify(reason),
          fix: 'write one line, without ${ and %{',
        }
      : undefined,
];

/**
 * The rules of one policy. Policy text is written only here.
 *
 * @see https://openbao.org/docs/concepts/policies/
 */
export class PolicyDocument implements IGrantable {
  private readonly paths = new Set<string>();
  private text = '';

  /** @param name identifies the policy in error messages */
  constructor(private readonly name: string) {}

  public get isEmpty(): boolean {
    return this.paths.size === 0;
  }

  /**
   * Adds a rule.
   *
   * @throws PlatformError `construct` if the path already has a rule (the server would merge the two, and a reader might see only
   * one), or if the meaning of the path on the server differs from what it seems
   */
  public addStatement(statement: PolicyStatement): void {
    const { path } = statement;
    const problems = problemsOf(statement, rules);
    if (this.paths.has(path)) {
      problems.unshift({
        message: 'the policy has two rules for one path',
        given: path,
        fix: 'grant all capabilities on a path at once',
      });
    }
    if (problems.length > 0) refuse(`policy ${this.name}`, problems);
    this.text += `${this.isEmpty ? '' : '\n'}${renderStatement(statement)}`;
    this.paths.add(path);
  }

  /** Policy text in HCL, with the rules in the order in which they were added; ends with a newline. */
  public toHcl(): string {
    return this.text;
  }
}

function renderStatement(statement: PolicyStatement): string {
  const { path, capabilities, deniedParameters = [], deniedValues = {}, allowedValues = {} } = statement;
  const { maxWrappingTtl, reason } = statement;
  const sorted = capabilityOrder.filter((capability) => capabilities.includes(capability));
  const denied = { ...Object.fromEntries(deniedParameters.map((name) => [name, []])), ...deniedValues };
  return [
    // The provisioner's policy decides by what begins a text in double quotes.
    ...(reason === undefined ? [] : [`# ${reason.replaceAll('"', "'")}`]),
    `path ${JSON.stringify(path)} {`,
    `  capabilities = [${sorted.map((capability) => JSON.stringify(capability)).join(', ')}]`,
    ...renderParameters('allowed_parameters', allowedValues),
    ...renderParameters('denied_parameters', denied),
    ...(maxWrappingTtl === undefined
      ? []
      : [`  min_wrapping_ttl = "1s"`, `  max_wrapping_ttl = ${JSON.stringify(maxWrappingTtl)}`]),
    '}',
    '',
  ].join('\n');
}

function renderParameters(block: string, parameters: ParameterValues): string[] {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return [];
  const lines = entries.map(([name, values]) => {
    const list = values.map((value) => JSON.stringify(value)).join(', ');
    return `    ${JSON.stringify(name)} = [${list}]`;
  });
  return [`  ${block} = {`, ...lines, '  }'];
}
