import { refineRule, type Fault } from '../rule';
import { textRule } from './text';

/** Why the value of a claim does not show which client presents a token. */
interface Weakness {
  readonly why: string;
  /** Whether a token that is bound by this claim alone can be obtained by anyone with an account at the issuer. */
  readonly isChosen: boolean;
}

const weaknesses = {
  person: {
    why: 'whoever logs in can choose or change it at many issuers, and another client can have it',
    isChosen: true,
  },
  pipeline: { why: 'whoever writes a pipeline chooses it, in any repository of the issuer', isChosen: true },
  trigger: { why: 'it is who started a pipeline, in any repository of the issuer', isChosen: true },
  constant: { why: 'every token that the method accepts has it', isChosen: true },
  token: { why: 'it differs from token to token', isChosen: true },
  group: { why: 'many clients have the same value', isChosen: false },
} as const satisfies Readonly<Record<string, Weakness>>;

/** Claims of OpenID Connect, of GitHub, GitLab and Kubernetes, and those that are common elsewhere. */
const claims: Readonly<Record<keyof typeof weaknesses, readonly string[]>> = {
  person: [
    ...['name', 'given_name', 'family_name', 'middle_name', 'nickname', 'display_name', 'displayname'],
    ...['preferred_username', 'username', 'user_name', 'unique_name', 'upn', 'login', 'user'],
    ...['email', 'email_verified', 'emails', 'mail', 'phone_number', 'phone_number_verified', 'address'],
    ...['profile', 'picture', 'website', 'gender', 'birthdate', 'zoneinfo', 'locale'],
  ],
  pipeline: [
    ...['ref', 'ref_type', 'ref_path', 'ref_protected', 'head_ref', 'base_ref', 'branch', 'sha', 'event_name'],
    ...['environment', 'environment_protected', 'deployment_tier', 'environment_action', 'pipeline_source'],
    ...['workflow', 'workflow_ref', 'workflow_sha', 'job_workflow_ref', 'job_workflow_sha', 'ci_config_sha'],
    ...['runner_environment', 'repository_visibility', 'project_visibility'],
  ],
  trigger: ['actor', 'actor_id', 'user_login', 'user_email', 'user_id', 'user_access_level', 'user_identities'],
  constant: ['iss', 'aud'],
  token: [
    ...['exp', 'iat', 'nbf', 'jti', 'nonce', 'sid', 'auth_time', 'at_hash', 'c_hash', 'updated_at'],
    ...['run_id', 'run_number', 'run_attempt', 'pipeline_id', 'job_id', 'check_run_id', 'runner_id'],
  ],
  group: [
    ...['azp', 'client_id', 'appid', 'scope', 'scp', 'acr', 'amr', 'tid', 'hd', 'org', 'organization', 'org_id'],
    ...['groups', 'groups_direct', 'roles', 'role', 'wids', 'team', 'teams', 'entitlements', 'permissions'],
    ...['namespace', 'namespace_id', 'namespace_path', 'repository_owner', 'repository_owner_id', 'enterprise'],
  ],
};

const byClaim: ReadonlyMap<string, Weakness> = new Map(
  Object.entries(claims).flatMap(([kind, names]) =>
    names.map((name): [string, Weakness] => [name, weaknesses[kind as keyof typeof weaknesses]]),
  ),
);

/** A claim inside of others, by a JSON pointer, has the weakness of its own name. */
const weaknessOf = (claim: string): Weakness | undefined =>
  byClaim.get((claim.startsWith('/') ? claim.slice(claim.lastIndexOf('/') + 1) : claim).toLowerCase());

/** Why anyone with an account at the issuer can have a token with a value of this claim; undefined if that is not known. */
export const chosenWhy = (claim: string): string | undefined => {
  const weakness = weaknessOf(claim);
  return weakness?.isChosen === true ? weakness.why : undefined;
};

/** A claim that can name clients in identity. */
export const userClaimRule = {
  ...refineRule(textRule, (claim): Fault | undefined => {
    const weakness = weaknessOf(claim);
    return weakness === undefined
      ? undefined
      : {
          message: `\`${claim}\` does not show which client logs in: ${weakness.why}`,
          fix: 'write `sub`, or another claim that the issuer gives to one client only and never to another',
        };
  }),
  allowed: 'a claim that the issuer gives to one client only, such as sub, repository_id, project_path or /user/id',
};
