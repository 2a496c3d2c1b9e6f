import { printAbsoluteTime } from './absolute-time';
import { printDuration } from './duration';
import {
  PolicyError,
  type ControlGroup,
  type ControlGroupFactor,
  type ParameterRules,
  type ParameterValue,
  type Policy,
  type Stanza,
} from './policy';

const escapes: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const hexadecimal = (character: string, digits: number): string =>
  character.charCodeAt(0).toString(16).padStart(digits, '0');

/** Text in quotes. `$` before `{` is escaped, because HCL 1 reads what follows in another way. */
const quoted = (text: string): string =>
  `"${text
    .replaceAll(/["\\\n\r\t]/g, (character) => escapes[character] ?? character)
    .replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, (character) => `\\x${hexadecimal(character, 2)}`)
    .replaceAll('\uE123', '\\ue123')
    .replaceAll('${', '\\x24{')}"`;

const list = (texts: readonly string[]): string => `[${texts.join(', ')}]`;

const strings = (texts: readonly string[]): string => list(texts.map(quoted));

const number = (value: number): string => {
  if (!Number.isFinite(value)) {
    throw new PolicyError(`a policy cannot contain the number ${value}`);
  }
  return Number.isSafeInteger(value) || !Number.isInteger(value) ? String(value) : value.toExponential();
};

const parameterValue = (value: ParameterValue): string => {
  if (typeof value === 'string') {
    return quoted(value);
  }
  if (typeof value === 'number') {
    return number(value);
  }
  if (value === null) {
    throw new PolicyError('a policy cannot contain null');
  }
  if (typeof value === 'boolean') {
    return String(value);
  }
  if (Array.isArray(value)) {
    return list((value as readonly ParameterValue[]).map(parameterValue));
  }
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{ ${entries.map(([key, inner]) => `${quoted(key)} = ${parameterValue(inner)}`).join(', ')} }`;
};

const block = (head: string, lines: readonly (string | undefined)[]): string => {
  const body = lines
    .filter((line) => line !== undefined)
    .flatMap((line) => line.split('\n').map((part) => `  ${part}`));
  return [`${head} {`, ...body, '}'].join('\n');
};

const rules = (name: string, parameters: ParameterRules): string | undefined =>
  parameters.size === 0
    ? undefined
    : block(
        `${name} =`,
        [...parameters]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([parameter, values]) => `${quoted(parameter)} = ${parameterValue(values)}`),
      );

const attribute = (name: string, value: string | undefined): string | undefined =>
  value === undefined ? undefined : `${name} = ${value}`;

const some = (texts: readonly string[]): string | undefined => (texts.length === 0 ? undefined : strings(texts));

const ttl = (seconds: number): string | undefined => (seconds === 0 ? undefined : printDuration(seconds));

const factor = ({ name, capabilities, groupNames, groupIds, approvals }: ControlGroupFactor): string =>
  block(`factor ${quoted(name)}`, [
    attribute('controlled_capabilities', some(capabilities)),
    block('identity', [
      attribute('group_names', some(groupNames)),
      attribute('group_ids', some(groupIds)),
      `approvals = ${approvals}`,
    ]),
  ]);

const controlGroup = ({ ttlSeconds, selfApproval, factors }: ControlGroup): string =>
  block('control_group', [
    attribute('ttl', ttl(ttlSeconds)),
    selfApproval ? 'self_auth_allowed = true' : undefined,
    ...factors.map(factor),
  ]);

const printStanza = (stanza: Stanza): string =>
  block(`path ${quoted(stanza.path.startsWith('/') ? `/${stanza.path}` : stanza.path)}`, [
    attribute('comment', stanza.comment === undefined ? undefined : quoted(stanza.comment)),
    `capabilities = ${strings(stanza.capabilities)}`,
    rules('allowed_parameters', stanza.allowedParameters),
    rules('denied_parameters', stanza.deniedParameters),
    attribute('required_parameters', some(stanza.requiredParameters)),
    attribute('min_wrapping_ttl', ttl(stanza.minWrappingTtlSeconds)),
    attribute('max_wrapping_ttl', ttl(stanza.maxWrappingTtlSeconds)),
    attribute('pagination_limit', stanza.paginationLimit === 0 ? undefined : String(stanza.paginationLimit)),
    attribute(
      'list_scan_response_keys_filter_path',
      stanza.listFilterPath === undefined ? undefined : quoted(stanza.listFilterPath),
    ),
    attribute('expiration', stanza.expiresAt === undefined ? undefined : quoted(printAbsoluteTime(stanza.expiresAt))),
    attribute('subscribe_event_types', some(stanza.subscribeEventTypes)),
    attribute('mfa_methods', some(stanza.mfaMethods)),
    stanza.controlGroup && controlGroup(stanza.controlGroup),
  ]);

/**
 * Canonical text of a policy, in HCL: stanzas in their order, everything inside them in a fixed one. Parsing it yields the policy again. A
 * policy without stanzas, and `root`, yield a comment.
 *
 * @throws PolicyError if a parameter has a value that no policy text can contain: null, or a number that is not finite
 */
export const printPolicy = (policy: Policy): string =>
  policy.stanzas.length === 0 ? '# no stanzas\n' : `${policy.stanzas.map(printStanza).join('\n\n')}\n`;
