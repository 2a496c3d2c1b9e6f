import type { Server } from '../servers';
import { Attributes, offsetOf } from './attributes';
import { checkKeys } from './check-keys';
import { parseDuration } from './duration';
import type { Source } from './hcl/source';
import type { Item, SyntaxNode } from './hcl/syntax-tree';
import type { ControlGroup, ControlGroupFactor } from './policy';

/** Operations that OpenBao knows. */
const operations = new Set(
  'create read update patch delete list scan help alias-lookahead resolve-role header revoke renew rollback'.split(' '),
);

/** Reads `control_group` blocks as one server does. */
class ControlGroupReader {
  public constructor(
    private readonly source: Source,
    private readonly server: Server,
    private readonly stanzaCapabilities: readonly string[],
  ) {}

  public read(nodes: readonly SyntaxNode[]): ControlGroup {
    const items = nodes.flatMap((node) => this.items(node, 'control_group'));
    const offset = nodes[0]?.offset ?? 0;
    if (this.isOpenBao) {
      checkKeys(this.source, items, ['ttl', 'self_auth_allowed', 'factor'], 'control_group');
    }
    const group = new Attributes(this.source, items);
    const factors = [
      ...group.blocks('factor'),
      ...group.values('factor').flatMap((node) => this.unnamedFactors(node)),
    ].map((item) => this.factor(item));
    const ttlSeconds = parseDuration(group.value('ttl') ?? 0);
    if (ttlSeconds === undefined) {
      throw this.source.error('control_group: ttl must be a duration such as "1h"', group.offset('ttl') ?? offset);
    }
    if (factors.length === 0) {
      throw this.source.error('control_group needs a factor', offset);
    }
    const selfApproval = this.isOpenBao && (group.boolean('self_auth_allowed') ?? false);
    return { ttlSeconds, selfApproval, factors };
  }

  private get isOpenBao(): boolean {
    return this.server === 'openbao-2.7';
  }

  private items(node: SyntaxNode, name: string): readonly Item[] {
    if (node.kind !== 'object') {
      throw this.source.error(`${name} must be a block`, node.offset);
    }
    return node.items;
  }

  /** Vault reads `factor = { a = {…} }` like `factor "a" {…}`. */
  private unnamedFactors(node: SyntaxNode): readonly Item[] {
    if (this.isOpenBao) {
      throw this.source.error('control_group: a factor needs a name: factor "name" {…}', node.offset);
    }
    return this.items(node, 'factor');
  }

  private factor({ keys, value }: Item): ControlGroupFactor {
    const name = keys[0]?.text ?? '';
    const items = this.items(value, 'factor');
    if (this.isOpenBao) {
      checkKeys(this.source, items, ['controlled_capabilities', 'identity'], `factor "${name}"`);
    }
    const factor = new Attributes(this.source, items);
    const identity = new Attributes(
      this.source,
      factor.values('identity').flatMap((node) => this.items(node, 'identity')),
    );
    const result = {
      name,
      capabilities: factor.texts('controlled_capabilities'),
      groupNames: identity.texts('group_names'),
      groupIds: this.isOpenBao ? [] : identity.texts('group_ids'),
      approvals: identity.integer('approvals') ?? 0,
    };
    this.check(result, keys[0]?.offset ?? value.offset);
    return result;
  }

  private check(factor: ControlGroupFactor, offset: number): void {
    const place = `factor "${factor.name}"`;
    const known = this.isOpenBao ? operations : new Set(this.stanzaCapabilities);
    const unknown = factor.capabilities.find((capability) => !known.has(capability));
    if (unknown !== undefined) {
      throw this.source.error(
        `${place}: controlled_capabilities has "${unknown}", which ${this.isOpenBao ? 'does not exist' : 'the stanza does not grant'}`,
        offset,
      );
    }
    if (this.isOpenBao && factor.capabilities.length === 0) {
      throw this.source.error(`${place} needs controlled_capabilities`, offset);
    }
    if (factor.approvals <= 0 || factor.groupNames.length + factor.groupIds.length === 0) {
      throw this.source.error(`${place} needs an identity with groups and approvals of at least 1`, offset);
    }
  }
}

/**
 * The control group of a stanza.
 *
 * @throws PolicyError if the server refuses it
 */
export const parseControlGroup = (
  source: Source,
  items: readonly Item[],
  server: Server,
  stanzaCapabilities: readonly string[],
): ControlGroup | undefined => {
  if (!items.some(({ keys }) => keys[0]?.text === 'control_group')) {
    return undefined;
  }
  const attributes = new Attributes(source, items);
  const block = attributes.blocks('control_group')[0];
  if (block !== undefined) {
    throw source.error('control_group has no label', offsetOf(block));
  }
  const reader = new ControlGroupReader(source, server, stanzaCapabilities);
  const nodes = attributes.values('control_group');
  // Vault merges several blocks; OpenBao checks each, and the last one counts.
  return server === 'openbao-2.7' ? nodes.map((node) => reader.read([node])).at(-1) : reader.read(nodes);
};
