import type { Owner } from '../../access/principals/access-model';
import { engineMount, kvMount } from '../../model/names';
import type { Grant } from '../../model/tenant/grant';

/** What a grant is for: a document, role or key in an engine. */
interface Subject {
  readonly mount: string;
  readonly name: string;
}

/**
 * Index of the grant that a rule of a policy comes from. A rule's path is the mount, words of the engine's API, and the name of the
 * document, role or key with words before or after it; no two grants of a policy are for the same paths.
 *
 * @param path pattern of the rule, for example `v1/devel/kv/data/checkout/app/*`
 * @returns undefined if no grant fits, or if several do
 */
export function grantOf(owner: Owner, grants: readonly Grant[], path: string): number | undefined {
  const fits = (test: (rest: string, name: string) => boolean): number[] =>
    grants.flatMap((grant, index) => {
      const { mount, name } = subjectOf(owner, grant);
      return path.startsWith(`${mount}/`) && test(path.slice(mount.length), name) ? [index] : [];
    });
  const exact = fits((rest, name) => rest === `/${name}` || rest.replace(/^\/[^/]+/, '') === `/${name}`);
  const found = exact.length > 0 ? exact : fits((rest, name) => `${rest}/`.includes(`/${name}/`));
  // Revocation is one path for all certificates of an authority.
  const revoking = grants.findIndex(
    (grant) => grant.type === 'certificate' && path === `${grant.role.authority.mountPath}/revoke-with-key`,
  );
  if (found.length === 0 && revoking !== -1) return revoking;
  return found.length === 1 ? found[0] : undefined;
}

function subjectOf({ tenant, environment: name }: Owner, grant: Grant): Subject {
  const environment = { name };
  switch (grant.type) {
    case 'documents':
      return { mount: kvMount(grant.environment), name: `${tenant}/${grant.path}` };
    case 'documents1':
      return { mount: engineMount(environment, 'kv1'), name: `${tenant}/${grant.path}` };
    case 'certificate':
      return { mount: grant.role.authority.mountPath, name: grant.role.roleName };
    case 'key':
      return { mount: engineMount(environment, 'transit'), name: grant.key.keyName };
    case 'database':
      return { mount: engineMount(environment, 'database'), name: grant.role.roleName };
    case 'aws':
      return { mount: engineMount(environment, 'aws'), name: grant.role.roleName };
    case 'ssh':
      return { mount: engineMount(environment, 'ssh'), name: grant.role.roleName };
  }
}
