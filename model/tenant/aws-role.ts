import { checkLeases } from '../checks/lifetimes';
import { checkLifetimeLimit } from '../checks/limits';
import { ttlWithin, type AwsEngineSettings } from '../environment/engines';
import { someEnvironments } from '../environment/environment';
import { checkTtls, duration } from '../language/duration';
import { policyArnRule, roleArnRule } from '../language/rules/arn';
import { awsPolicyRule } from '../language/rules/document';
import { filledList, map, mapOrNone, optional, orNone, refuse, text, word, type Output } from '../language/schema';
import { requireEngine } from './lack';
import type { OwnedKind } from './owned';

/** @see https://developer.hashicorp.com/vault/api-docs/secret/aws#create-update-role */
const awsRole = map(
  {
    kind: word(['assumed-role', 'federation-token', 'iam-user']).describe(
      'assumed-role: credentials of a role that the server assumes. federation-token: of a federated user. iam-user: of a new user.',
    ),
    roleArns: orNone(filledList(text(roleArnRule), 'a list of ARNs')).describe(
      'Roles that can be assumed; with kind: assumed-role.',
    ),
    policyArns: orNone(filledList(text(policyArnRule), 'a list of ARNs')).describe(
      'Managed policies; with the other kinds.',
    ),
    policyDocument: optional(text(awsPolicyRule)).describe(
      'A policy in AWS’s JSON; with assumed-role it can only restrict the role. Default: none.',
    ),
    ttl: optional(duration(32, '15m')).describe('Lifetime (TTL) of credentials. Default: the engine’s.'),
    maxTtl: optional(duration(32, '15m')).describe(
      'Maximum lifetime (TTL) of credentials. Default: the engine’s, or ttl where that is longer.',
    ),
    environments: someEnvironments,
  },
  checkTtls('ttl', 'maxTtl'),
  ({ kind, roleArns, policyArns, policyDocument }, context) => {
    const assumes = kind === 'assumed-role';
    const misplaced = assumes ? 'policyArns' : 'roleArns';
    if ((assumes ? policyArns : roleArns).length > 0) {
      refuse(context, [misplaced], assumes ? 'roleArns and policyDocument' : 'policyArns and policyDocument', {
        message: `\`${misplaced}\` is not allowed with ${kind}`,
        fix: `remove ${misplaced}`,
      });
    }
    if (assumes ? roleArns.length > 0 : policyArns.length > 0 || policyDocument !== undefined) return;
    refuse(context, [], assumes ? 'roleArns' : 'policyArns, policyDocument or both', {
      message: 'the credentials have no permissions',
      fix: assumes ? 'add `roleArns:` with the roles' : 'add `policyArns:` or `policyDocument:`',
    });
  },
);

/** Roles by which a tenant gets credentials of AWS. */
export const awsRolesSchema = mapOrNone('AWS role', awsRole, 'a map from names to roles of AWS');

type AwsRoleFile = Output<typeof awsRole>;

/** A role by which a tenant gets credentials of AWS; `<tenant>.<name>` in the environment's AWS engine. */
export type AwsRole = Omit<AwsRoleFile, 'environments' | 'ttlSeconds' | 'maxTtlSeconds'> & {
  readonly name: string;
  readonly roleName: string;
  readonly defaultTtlSeconds: number;
  readonly maxTtlSeconds: number;
};

export const awsRoleKind: OwnedKind<AwsRoleFile, AwsEngineSettings, AwsRole> = {
  key: 'awsRoles',
  title: 'AWS role',
  ...requireEngine('aws'),
  link: (entry, engine) => {
    const { ttlSeconds, maxTtlSeconds, ...role } = entry.file;
    const [key, longest = 0] = maxTtlSeconds === undefined ? ['ttl', ttlSeconds] : ['maxTtl', maxTtlSeconds];
    if (!checkLifetimeLimit(entry, 'credentialTtl', key, longest)) {
      checkLeases(entry, 'aws', { ttl: ttlSeconds, maxTtl: maxTtlSeconds });
    }
    return {
      ...role,
      name: entry.name,
      roleName: entry.scope.names.inEngine('awsRoles', entry.scope.tenant, entry.name),
      ...ttlWithin(ttlSeconds, maxTtlSeconds, { ttl: engine.defaultTtlSeconds, max: engine.maxTtlSeconds }),
    };
  },
};
