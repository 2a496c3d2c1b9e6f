import type { Stanza } from '../../policy/policy';
import type { LintContext } from '../lint-context';
import type { LintRule, Report } from '../lint-rule';

/** Reports of all stanzas for which `problem` returns a message. */
export const eachStanza = (context: LintContext, problem: (stanza: Stanza) => string | undefined): readonly Report[] =>
  context.stanzas.flatMap(({ policy, stanza }) => {
    const message = problem(stanza);
    return message === undefined ? [] : [{ policy, path: stanza.path, position: stanza.position, message }];
  });

const stanzaRule = (base: Omit<LintRule, 'check'>, problem: (stanza: Stanza) => string | undefined): LintRule => ({
  ...base,
  check: (context) => eachStanza(context, problem),
});

export const emptyCapabilities = stanzaRule(
  { id: 'empty-capabilities', severity: 'warning', title: 'a stanza without capabilities' },
  ({ path, capabilities }) =>
    capabilities.length > 0
      ? undefined
      : `"${path}" has no capabilities, which does not deny what another policy grants there: write capabilities = ["deny"], or delete it`,
);

export const literalWildcard = stanzaRule(
  { id: 'literal-wildcard', severity: 'error', title: 'a `*` or `+` that is no wildcard where it is' },
  ({ path }) => {
    const pattern = path.replaceAll(/\{\{[^}]*\}\}/g, '');
    if (pattern.slice(0, -1).includes('*')) {
      return `"${path}" has a * that is not its last character and matches only a *: write + for one segment`;
    }
    const segment = pattern.split('/').find((one) => one.length > 1 && one.includes('+'));
    return segment === undefined
      ? undefined
      : `"${path}" has the segment ${segment}, in which + matches only a +: write + as a whole segment`;
  },
);

export const createWithoutUpdate = stanzaRule(
  { id: 'create-without-update', severity: 'warning', title: '`create` without `update`' },
  ({ path, capabilities }) =>
    capabilities.includes('create') && !capabilities.includes('update')
      ? `"${path}" grants create without update, so a second write is denied, and every write where the engine does not check whether the item exists: add "update"`
      : undefined,
);

export const listWithoutSlash = stanzaRule(
  { id: 'list-without-slash', severity: 'note', title: '`list` for a path without its trailing slash' },
  ({ path, capabilities }) =>
    capabilities.includes('list') && !path.endsWith('/') && !path.endsWith('*')
      ? `"${path}" grants list, but a LIST has a trailing slash and finds this pattern only in a second attempt: write "${path}/" in a stanza of its own`
      : undefined,
);

export const valueConstraint = stanzaRule(
  { id: 'value-constraint', severity: 'note', title: 'a constraint on the values of a parameter' },
  ({ path, allowedParameters, deniedParameters }) => {
    const constrained = [...allowedParameters, ...deniedParameters].find(([, values]) => values.length > 0);
    return constrained === undefined
      ? undefined
      : `"${path}" compares values of ${constrained[0]}, which the servers do by type and in different ways: allow or deny the parameter as a whole, or limit the values in the engine`;
  },
);

const selector =
  /^(?:identity\.entity\.(?:id|name|metadata\.[^}]+|aliases\.[^.}]+\.(?:id|name|metadata\.[^}]+|custom_metadata\.[^}]+))|identity\.groups\.(?:ids|names)\.[^}]+\.(?:id|name|metadata\.[^}]+)|time\.now(?:\.(?:plus|minus)\.[^}]+)?)$/;

export const droppedTemplate = stanzaRule(
  { id: 'dropped-template', severity: 'error', title: 'a template that drops its stanza' },
  ({ path, capabilities }) => {
    const templates = [...path.matchAll(/\{\{([^}]*)\}\}/g)].map(([, name = '']) => name.trim());
    const unknown = templates.find((name) => !selector.test(name));
    if (unknown !== undefined) {
      return `"${path}" has the template ${unknown}, which does not exist, so the stanza never counts: use identity.entity, identity.groups or time.now`;
    }
    return templates.length > 0 && capabilities[0] === 'deny'
      ? `"${path}" denies nothing for tokens whose identity lacks a value for ${templates.join(', ')}: deny a path without templates`
      : undefined;
  },
);
