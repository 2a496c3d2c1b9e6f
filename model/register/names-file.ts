import { z } from 'zod';

import { dayRule } from '../language/rules/day';
import { nameRule } from '../language/rules/name';
import { withPlaceholder } from '../language/rules/placeholder';
import { textRule } from '../language/rules/text';
import { list, map, namedMap, optional, refuse, text, type Output, type Rule } from '../language/schema';
import { reservedPolicies } from '../names';

const maxLength = 127;
const form = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Names of servers as they were joined formerly: by dashes. */
const keptRule: Rule = {
  allowed: `a name on servers from before: lower-case letters, digits and single dashes, at most ${maxLength} characters`,
  pattern: form,
  fault: (name) => {
    if (reservedPolicies.includes(name)) {
      return { message: `\`${name}\` is reserved`, fix: 'write the name that the object has on servers' };
    }
    if (form.test(name) && name.length <= maxLength) return undefined;
    return {
      message: 'no object of a former version has such a name',
      fix: 'write the name that the object has on servers',
    };
  },
};

const keptInEnvironments = withPlaceholder(
  keptRule,
  /^([a-z]|\{environment\})([a-z0-9]|\{environment\})*(-([a-z0-9]|\{environment\})+)*$/,
);

const keptNames = (of: string, rule: Rule) =>
  optional(
    z.record(z.string(), text(rule), { error: 'a map from names in the tenant’s file to names on servers' }),
    {},
  ).describe(`Names of ${of} on servers, by their names in the tenant’s file.`);

const kept = map(
  {
    policies: keptNames(
      'policies, whose roles are called <name>-role; `{environment}` is filled in',
      keptInEnvironments,
    ),
    certificates: keptNames('roles of certificates', keptRule),
    keys: keptNames('keys', keptRule),
    databases: keptNames('roles of databases', keptRule),
    awsRoles: keptNames('AWS roles', keptRule),
    sshRoles: keptNames('SSH roles', keptRule),
    identity: optional(text(keptInEnvironments)).describe('Name of the identity group; `{environment}` is filled in.'),
  },
  ({ identity, ...named }, context) => {
    if (identity !== undefined || Object.values(named).some((names) => Object.keys(names).length > 0)) return;
    refuse(context, [], 'at least one name', { message: 'this keeps no name', fix: 'remove the entry' });
  },
);

const day = text(dayRule);
const why = text(textRule);

const departed = map(
  {
    team: text(nameRule('team')).describe('Team that the tenant belonged to.'),
    on: day.describe('Day on which it left.'),
    reason: why.describe('Why it left.'),
    environments: list(text(nameRule('environment')), 'a list of environments').describe(
      'Environments that it was in, by their names on servers.',
    ),
    names: optional(list(text(keptRule), 'a list of names'), []).describe(
      'Names on servers that were its own and do not begin with its name and a dot.',
    ),
    released: optional(
      map({
        to: text(nameRule('team')).describe('Team that may have the names now.'),
        on: day.describe('Day of the release.'),
        reason: why.describe('Why, for example that everything was destroyed: see the guide of removal.'),
      }),
    ).describe('Gives the names to another team. Default: no other team gets them.'),
  },
  ({ on, released }, context) => {
    if (released === undefined || released.on >= on) return;
    refuse(context, ['released', 'on'], `a day from ${on} on`, {
      message: 'names are not released before the tenant left',
      fix: 'write the day of the release',
    });
  },
);

/** `inventory/names.yaml` */
export const namesShape = {
  kept: optional(namedMap('tenant', kept, 'a map from tenants to the names that they keep'), {}).describe(
    'Names from before dots joined names, by the tenant’s name on servers; `platform names keep` writes them. These objects keep them.',
  ),
  departed: optional(namedMap('tenant', departed, 'a map from tenants that left to what they leave'), {}).describe(
    'Tenants that left, by their names on servers; `platform tenant remove` writes them. Documents and keys may still be there, so no other team gets these names.',
  ),
  overlappingEnvironments: optional(list(text(nameRule('environment')), 'a list of environments'), []).describe(
    'Environments from before whose names on servers end with a dash and the name of another one of their cluster. Names of key sets can meet there.',
  ),
};

export const namesSchema = map(namesShape);

/** The register of names, as its file has it. */
export type NamesFile = Output<typeof namesSchema>;
export type KeptNames = NamesFile['kept'][string];
export type DepartedTenant = NamesFile['departed'][string];
