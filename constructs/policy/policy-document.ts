import { PlatformError } from '../../model/errors';
import { capabilityOrder, type Capability } from './capability';

/** One rule of a policy. */
export interface PolicyStatement {
  /** API path without `/v1/`, for example `v1/devel/kv/data/checkout/configs`; `+` is one segment, a trailing `*` any rest. */
  readonly path: string;
  /** What is allowed there; at least one. */
  readonly capabilities: readonly Capability[];
  /** Why, as a comment above the rule. @default - no comment */
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
  private readonly statements = new Map<string, PolicyStatement>();

  /** @param name names the policy in errors */
  constructor(private readonly name: string) {}

  public get isEmpty(): boolean {
    return this.statements.size === 0;
  }

  /**
   * Adds a rule.
   *
   * @throws PlatformError `construct` if the path has a rule already (the server would merge the two, and a reader would
   * see only one), or if the server would read the path in another way than it looks
   */
  public addStatement(statement: PolicyStatement): void {
    const { path, capabilities } = statement;
    const refuse = (message: string, mend: string): never => {
      throw new PlatformError('construct', [{ message: `policy ${this.name}: ${message}`, given: path, mend }]);
    };
    if (this.statements.has(path)) refuse('two rules for one path', 'grant all capabilities on a path at once');
    if (capabilities.length === 0) refuse('a rule without capabilities', 'name at least one capability');
    if (!/^[^/\s"\\{}$%][^\s"\\{}$%]*$/.test(path))
      refuse('a path that cannot be written', 'no leading slash, spaces, quotes or templates');
    if (/\*./.test(path))
      refuse('a * that is not at the end means itself', 'use + for one whole segment, or * at the end');
    if (/[^/]\+|\+[^/]/.test(path))
      refuse('a + that is not a whole segment means itself', 'use + between slashes, or * at the end');
    this.statements.set(path, statement);
  }

  /** Policy text in HCL, rules in the order they were added; ends with a newline. */
  public toHcl(): string {
    return [...this.statements.values()].map(renderStatement).join('\n');
  }
}

function renderStatement({ path, capabilities, reason }: PolicyStatement): string {
  const sorted = capabilityOrder.filter((capability) => capabilities.includes(capability));
  return [
    ...(reason === undefined ? [] : [`# ${reason}`]),
    `path ${JSON.stringify(path)} {`,
    `  capabilities = [${sorted.map((capability) => JSON.stringify(capability)).join(', ')}]`,
    '}',
    '',
  ].join('\n');
}
