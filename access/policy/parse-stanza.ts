import { lowerCase } from '../lower-case';
import { servers, type Server } from '../servers';
import { parseAbsoluteTime } from './absolute-time';
import { Attributes } from './attributes';
import { checkKeys } from './check-keys';
import { parseDuration } from './duration';
import { literalText } from './hcl/literal-text';
import type { Source } from './hcl/source';
import type { Item } from './hcl/syntax-tree';
import { capabilitiesFrom, capabilitiesOf, legacyPolicies } from './parse-capabilities';
import { parseControlGroup } from './parse-control-group';
import type { Capability, ParameterRules, ParameterValue, Position, Stanza } from './policy';

const commonAttributes = [
  'comment',
  'policy',
  'capabilities',
  'allowed_parameters',
  'denied_parameters',
  'required_parameters',
  'min_wrapping_ttl',
  'max_wrapping_ttl',
  'mfa_methods',
  'control_group',
];

const attributesOf: Readonly<Record<Server, readonly string[]>> = {
  'vault-1.21': [...commonAttributes, ...servers['vault-1.21'].attributes],
  'vault-2': [...commonAttributes, ...servers['vault-2'].attributes],
  'openbao-2.7': [...commonAttributes, ...servers['openbao-2.7'].attributes],
};

/** Whether every `{{` of a path has its `}}`. */
const hasBalancedTemplates = (path: string): boolean => {
  if (!path.includes('{{') && !path.includes('}}')) {
    return true;
  }
  const [before = '', ...parts] = path.split('{{');
  return !before.includes('}}') && parts.every((part) => part.split('}}').length === 2);
};

/** Attributes of a stanza as they are written, before their meaning is checked. */
interface Written {
  readonly legacyPolicy: string | undefined;
  readonly words: readonly string[];
  readonly expiration: string | undefined;
  readonly minWrappingTtl: ParameterValue | undefined;
  readonly maxWrappingTtl: ParameterValue | undefined;
  readonly allowedParameters: ParameterRules;
  readonly deniedParameters: ParameterRules;
  readonly requiredParameters: readonly string[];
  readonly mfaMethods: readonly string[];
  readonly paginationLimit: number;
  readonly listFilterPath: string | undefined;
  readonly subscribeEventTypes: readonly string[];
}

/** Reads `path` blocks as one server does. */
export class StanzaParser {
  public constructor(
    private readonly source: Source,
    private readonly server: Server,
  ) {}

  /**
   * @param item a `path` item, with the key `path`
   * @throws PolicyError
   */
  public parse({ keys, value }: Item): Stanza {
    const offset = keys[0]?.offset ?? value.offset;
    const written = keys[1]?.text ?? 'path';
    const pathOffset = keys[1]?.offset ?? offset;
    if (!hasBalancedTemplates(written)) {
      throw this.source.error(`path "${written}" has {{ without }}, or the reverse`, pathOffset);
    }
    if (value.kind !== 'object') {
      throw this.source.error('path must be a block: path "…" { capabilities = […] }', offset);
    }
    const place = `path "${written}"`;
    const { items } = value;
    checkKeys(this.source, items, attributesOf[this.server], place);
    // OpenBao reads the control group first, also of a stanza that denies.
    const isOpenBao = this.server === 'openbao-2.7';
    const early = isOpenBao ? parseControlGroup(this.source, items, this.server, []) : undefined;
    const attributes = new Attributes(this.source, items);
    const read = this.read(attributes);
    const expiresAt = this.expiration(read.expiration, place, attributes);
    const path = written.startsWith('/') ? written.slice(1) : written;
    if (path.includes('+*')) {
      throw this.source.error(`${place} has +*, which no server allows: write + or *`, pathOffset);
    }
    const { capabilities, words } = this.capabilities(read, place, attributes);
    const stanza = emptyStanza(path, this.source.position(offset), capabilities);
    if (expiresAt !== undefined) {
      stanza.expiresAt = expiresAt;
    }
    const comment = this.comment(attributes);
    if (comment !== undefined) {
      stanza.comment = comment;
    }
    if (capabilities[0] !== 'deny') {
      this.addConditions(stanza, read, attributes, offset);
      const controlGroup = early ?? (isOpenBao ? undefined : parseControlGroup(this.source, items, this.server, words));
      if (controlGroup !== undefined) {
        stanza.controlGroup = controlGroup;
      }
    }
    return stanza;
  }

  /** Adds what a stanza that denies does not have. */
  private addConditions(stanza: MutableStanza, read: Written, attributes: Attributes, offset: number): void {
    const [minimum, maximum] = this.wrappingTtls(read, attributes, offset);
    stanza.minWrappingTtlSeconds = minimum;
    stanza.maxWrappingTtlSeconds = maximum;
    stanza.allowedParameters = inLowerCase(read.allowedParameters);
    stanza.deniedParameters = inLowerCase(read.deniedParameters);
    stanza.requiredParameters = read.requiredParameters.map(lowerCase);
    stanza.paginationLimit = read.paginationLimit;
    stanza.subscribeEventTypes = read.subscribeEventTypes;
    stanza.mfaMethods = read.mfaMethods;
    if (read.listFilterPath !== undefined) {
      if (!stanza.capabilities.includes('list')) {
        throw this.source.error(
          `path "${stanza.path}": list_scan_response_keys_filter_path needs the capability list`,
          attributes.offset('list_scan_response_keys_filter_path') ?? offset,
        );
      }
      if (!/\{\{[^{}]*\.key/.test(read.listFilterPath)) {
        throw this.source.error(
          `path "${stanza.path}": list_scan_response_keys_filter_path must contain {{ .key }}`,
          attributes.offset('list_scan_response_keys_filter_path') ?? offset,
        );
      }
      stanza.listFilterPath = read.listFilterPath;
    }
  }

  /** In the order of the servers, so that the same error is the first one. */
  private read(attributes: Attributes): Written {
    const isOpenBao = this.server === 'openbao-2.7';
    const legacyPolicy = attributes.text('policy');
    const words = attributes.texts('capabilities');
    const expiration = isOpenBao ? attributes.text('expiration') : undefined;
    const minWrappingTtl = attributes.value('min_wrapping_ttl');
    const maxWrappingTtl = attributes.value('max_wrapping_ttl');
    const allowedParameters = attributes.lists('allowed_parameters');
    const deniedParameters = attributes.lists('denied_parameters');
    const requiredParameters = attributes.texts('required_parameters');
    const mfaMethods = attributes.texts('mfa_methods');
    const paginationLimit = (isOpenBao ? attributes.integer('pagination_limit') : undefined) ?? 0;
    const filter = isOpenBao ? attributes.text('list_scan_response_keys_filter_path') : undefined;
    return {
      legacyPolicy,
      words,
      expiration,
      minWrappingTtl,
      maxWrappingTtl,
      allowedParameters,
      deniedParameters,
      requiredParameters,
      mfaMethods,
      paginationLimit,
      listFilterPath: filter === '' ? undefined : filter,
      subscribeEventTypes: isOpenBao ? [] : attributes.texts('subscribe_event_types'),
    };
  }

  private expiration(text: string | undefined, place: string, attributes: Attributes): number | undefined {
    if (text === undefined || text === '') {
      return undefined;
    }
    const time = parseAbsoluteTime(text);
    if (time === undefined) {
      throw this.source.error(
        `${place}: expiration must be a time such as "2030-01-31T00:00:00Z"`,
        attributes.offset('expiration') ?? 0,
      );
    }
    return time;
  }

  private capabilities(
    { legacyPolicy, words }: Written,
    place: string,
    attributes: Attributes,
  ): { readonly capabilities: readonly Capability[]; readonly words: readonly string[] } {
    let all = words;
    if (legacyPolicy !== undefined && legacyPolicy !== '') {
      const legacy = legacyPolicies.get(legacyPolicy);
      if (legacy === undefined) {
        throw this.source.error(
          `${place}: policy = "${legacyPolicy}" does not exist; allowed: ${[...legacyPolicies.keys()].join(', ')}`,
          attributes.offset('policy') ?? 0,
        );
      }
      all = legacyPolicy === 'deny' ? legacy : [...words, ...legacy];
    }
    const capabilities = capabilitiesFrom(all, this.server);
    if ('unknown' in capabilities) {
      throw this.source.error(
        `${place}: capability "${capabilities.unknown}" does not exist; allowed: ${capabilitiesOf(this.server).join(', ')}`,
        attributes.offset('capabilities') ?? 0,
      );
    }
    return { capabilities, words: all };
  }

  private wrappingTtls(read: Written, attributes: Attributes, offset: number): readonly [number, number] {
    const minimum = parseDuration(read.minWrappingTtl ?? 0);
    const maximum = parseDuration(read.maxWrappingTtl ?? 0);
    for (const [name, value] of [
      ['min_wrapping_ttl', minimum],
      ['max_wrapping_ttl', maximum],
    ] as const) {
      if (value === undefined) {
        throw this.source.error(`${name} must be a duration such as "90s"`, attributes.offset(name) ?? offset);
      }
    }
    const [min = 0, max = 0] = [minimum, maximum];
    if (min !== 0 && max !== 0 && max < min) {
      throw this.source.error(
        'max_wrapping_ttl must not be less than min_wrapping_ttl',
        attributes.offset('max_wrapping_ttl') ?? offset,
      );
    }
    return [min, max];
  }

  /** The servers do not read the attribute, so a value of any type is no error. */
  private comment(attributes: Attributes): string | undefined {
    const value = attributes.values('comment').at(-1);
    return value?.kind === 'string' || value?.kind === 'heredoc' ? literalText(value) : undefined;
  }
}

type MutableStanza = { -readonly [Name in keyof Stanza]: Stanza[Name] };

const noRules: ParameterRules = new Map();
const noTexts: readonly string[] = [];

/** A stanza without conditions. */
export const emptyStanza = (path: string, position: Position, capabilities: readonly Capability[]): MutableStanza => ({
  path,
  position,
  capabilities,
  allowedParameters: noRules,
  deniedParameters: noRules,
  requiredParameters: noTexts,
  minWrappingTtlSeconds: 0,
  maxWrappingTtlSeconds: 0,
  paginationLimit: 0,
  subscribeEventTypes: noTexts,
  mfaMethods: noTexts,
});

const inLowerCase = (rules: ParameterRules): ParameterRules =>
  rules.size === 0 ? rules : new Map([...rules].map(([name, values]) => [lowerCase(name), values]));
