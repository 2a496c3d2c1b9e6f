import type { Cluster } from '../cluster/cluster';
import type { Environment } from '../environment/environment';
import type { Fault } from '../language/rule';
import { shorten } from '../language/show';
import { roleOfPolicy } from '../names';
import type { ProblemList } from '../source/problem-list';
import { Claims, type Claim, type Clashes } from './claims';

/** The names of an inventory, by what they name. The type in brackets is what a name must be unique in. */
export interface NameTables {
  readonly stacks: Claims<''>;
  /** In a context of Kubernetes. */
  readonly namespaces: Claims<string | undefined>;
  readonly quotas: Claims<Cluster>;
  readonly identities: Claims<Cluster>;
  readonly tenants: Claims<'inventory' | 'server'>;
  readonly prefixes: Claims<Cluster>;
  /** In an auth method, as its groups are; of tenants with an identity. */
  readonly clients: Claims<string>;
  /** Clients of tenants without an identity, which must not be those of others that have one. */
  readonly otherClients: { readonly within: string; readonly client: string; readonly claim: Claim }[];
  readonly policies: Claims<Cluster>;
  readonly groups: Claims<string>;
  /** In the mount of an engine. */
  readonly engines: Claims<string>;
  /** In an environment: Deployments and Secrets of agents on Kubernetes. */
  readonly agents: Claims<Environment>;
  /** In a cluster or an environment. */
  readonly mounts: Claims<string>;
  /** In a connection. */
  readonly accounts: Claims<string>;
  /** One stack holds all tenants of a team in an environment: its first tenant stands for it. */
  readonly teams: Map<Environment, Set<string>>;
  /** Tenants in environments, by what begins the names of their own policies: `shop-devel` has `-ro`, `-rw` and `-own`. */
  readonly own: Map<Cluster, Map<string, Claim>>;
}

/** Empty tables. */
export const nameTables = (problems: ProblemList, clashes: Clashes): NameTables => {
  // Where tenants have one name, or begin the names of their policies alike, all else that they share follows from that.
  const clashing = new Set<string>();
  const pair = (one: Claim, other: Claim): string => [one.source.file, other.source.file].sort().join('\n');
  const isConsequence = (one: Claim, other: Claim): boolean =>
    one.source !== other.source && clashing.has(pair(one, other));
  const claims = <Within>(words: (name: string, within: Within) => Pick<Fault, 'message' | 'fix'>) =>
    new Claims<Within>(problems, words, { isConsequence, clashes });
  const causes = <Within>(words: (name: string, within: Within) => Pick<Fault, 'message' | 'fix'>) =>
    new Claims<Within>(problems, words, {
      isConsequence,
      clashes,
      clashed: (one, other) => clashing.add(pair(one, other)),
    });
  const inCluster = (what: string) =>
    claims<Cluster>((name, { name: cluster }) => ({
      message: `the ${what} \`${name}\` would exist twice in the cluster ${cluster}`,
      fix: 'rename one of the two',
    }));
  return {
    stacks: claims<''>((name) => ({
      message: `the stack \`${name}\` would exist twice`,
      fix: 'rename a file or a team',
    })),
    namespaces: claims<string | undefined>((namespace, context) => ({
      message: `two clusters would share the namespace \`${namespace}\`${context === undefined ? '' : ` of ${shorten(context)}`}`,
      fix: 'give each a namespace of its own, or the context of the Kubernetes that it is in',
    })),
    quotas: inCluster('quota'),
    identities: inCluster('entity or group'),
    // A tenant's name is the name of its folder of documents: a grant across environments must not reach another's.
    tenants: causes<'inventory' | 'server'>((name) => ({
      message: `there are two tenants \`${name}\``,
      fix: 'rename one of the two',
    })),
    prefixes: causes<Cluster>((prefix, cluster) => ({
      message: `the policies \`${prefix}-ro\`, \`-rw\` and \`-own\` would exist twice in the cluster ${cluster.name}`,
      fix: 'rename one of the two tenants',
    })),
    // The server has one identity for each client of an auth method: the stacks would move its alias from one to the other, or find one that
    // a login has created. A login to one tenant would have the identity of the other.
    clients: claims<string>((client, method) => ({
      message: `the client \`${client}\` of ${method} would have two identities`,
      fix: 'grant both in one tenant and environment, let each log in as a client of its own (another ServiceAccount, `{environment}` in a value), or remove `identity` from both',
    })),
    otherClients: [],
    policies: claims<Cluster>((name, cluster) => ({
      message: `the policy \`${name}\` and its role \`${roleOfPolicy(name)}\` would exist twice in the cluster ${cluster.name}`,
      fix: 'keep another name in inventory/names.yaml; with `{environment}` in it, it serves several environments of a cluster',
    })),
    // A directory's group is mapped to policies in one place: the second mapping would replace the first.
    groups: claims<string>((group, method) => ({
      message: `the group \`${group}\` of ${method} would lead to two policies`,
      fix: 'write `{environment}` into the group, or grant all of it in one policy',
    })),
    // Only names that the register keeps can be the same.
    engines: claims<string>((name, mount) => ({
      message: `\`${name}\` would exist twice in ${mount}`,
      fix: 'keep another name in inventory/names.yaml',
    })),
    agents: claims<Environment>((name, { inventoryName }) => ({
      message: `two agents in ${inventoryName} would have the object \`${name}\` on Kubernetes`,
      fix: 'rename one of the two agents',
    })),
    mounts: claims<string>((name, where) => ({
      message: `\`${name}\` would be mounted twice in ${where}`,
      fix: 'write another `nameOnServer`',
    })),
    accounts: claims<string>((account, connection) => ({
      message: `two roles would change the password of \`${account}\` in ${connection}`,
      fix: 'name another account, or grant the role that is there already',
    })),
    teams: new Map<Environment, Set<string>>(),
    own: new Map<Cluster, Map<string, Claim>>(),
  };
};
