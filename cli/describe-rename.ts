import type { Environment } from '../model/environment/environment';
import { authorityMount, kvMount, keySetPrefix } from '../model/names';
import { movedTenants } from '../model/rename/moved-tenants';
import type { RenamePlan } from '../model/rename/plan-rename';
import { displayPath } from '../model/source/source-file';
import type { StackMove } from '../synthesis/moves';

/** Edits of the inventory, what moves on servers, what clients must change, and the way back. */
export function describeRename(plan: RenamePlan, moves: readonly StackMove[], dryRun: boolean): string {
  const { kind, from, to } = plan.rename;
  const back = `npm run platform -- rename ${kind} ${to} ${from}`;
  return [
    section(dryRun ? 'Inventory (nothing is written)' : 'Inventory', editLines(plan)),
    section('Servers', serverLines(plan, moves)),
    ...(moves.length > 0 ? [section('States that are not of a replica', stateLines)] : []),
    section('Clients', clientLines(plan)),
    section('Back, until it is applied', [back]),
  ].join('\n\n');
}

const section = (title: string, lines: readonly string[]): string =>
  [title, ...lines.map((line) => `  ${line}`)].join('\n');

function editLines({ files }: RenamePlan): string[] {
  return files.flatMap(({ path, newPath, edits }) => [
    ...(path === newPath ? [] : [`${displayPath(path)} -> ${displayPath(newPath)}`]),
    ...edits.map(({ line, column, before, after }) => {
      // What is added in braces ends in a comma.
      const [old, next] = [before, after].map((text) => text.trim().replace(/,$/, '')) as [string, string];
      const change = old === '' ? `add \`${next}\`` : next === '' ? `remove \`${old}\`` : `\`${old}\` -> \`${next}\``;
      return `${displayPath(path)}:${line}:${column}  ${change}`;
    }),
  ]);
}

function serverLines(plan: RenamePlan, moves: readonly StackMove[]): string[] {
  const team = plan.rename.to.split('/')[0] ?? '';
  const moved = movedTenants(plan).map(({ tenant }) => tenant);
  const identified = moved.filter(({ environments }) => environments.some(({ identity }) => identity));
  return [
    'nothing is created or destroyed',
    ...moves.map(({ from, to, addresses }) => `${addresses.length} resources move from the state of ${from} to ${to}`),
    ...(moves.length > 0 ? ['`npm start` moves them in a replica'] : []),
    ...identified.map(
      ({ name }) => `the entity of ${name} gets the metadata team=${team}: see policies with templates`,
    ),
  ];
}

/** The stacks as they were applied are those of another revision. */
const stateLines = [
  'before the next plan, with the inventory that was applied last:',
  '  npm run synth -- --output cdktf.before',
  'with the renamed inventory:',
  '  npm run synth',
  '  npm run -s platform -- moves cdktf.before > moves.sh && sh moves.sh',
];

function clientLines(plan: RenamePlan): string[] {
  const kept = keptNames(plan);
  return [
    'nothing changes for programs: SecretIDs, tokens, keys, documents, paths and roles stay valid',
    ...(kept.length > 0 ? [`names that stay on servers: ${kept.join(', ')}`] : []),
    ...commandLines(plan),
  ];
}

/** Examples of names on servers that contain the former name. */
function keptNames({ rename: { kind, to }, after }: RenamePlan): string[] {
  const name = to.split('/').at(-1) ?? '';
  const isRenamed = (one: { readonly inventoryName: string; readonly name: string }): boolean =>
    one.inventoryName === name && one.name !== name;
  const inEnvironments = (names: (environment: Environment) => readonly string[]): string[] =>
    after.environments.flatMap(names);
  switch (kind) {
    case 'team':
      return [];
    case 'tenant':
      return after.tenants
        .filter(isRenamed)
        .flatMap((tenant) => [
          ...tenant.environments.map(({ environment }) => `${keySetPrefix(tenant, environment)}-*`),
          ...tenant.environments.map(({ environment }) => `${kvMount(environment)}/data/${tenant.name}/*`),
        ]);
    case 'environment':
      return inEnvironments((environment) =>
        isRenamed(environment) ? [`v1/${environment.name}/*`, `stacks ${environment.name}-*`] : [],
      );
    case 'engine':
      return inEnvironments((environment) =>
        environment.authorities.filter(isRenamed).map((authority) => authorityMount(environment, authority.name)),
      );
    case 'method':
      return after.clusters.flatMap(({ authMethods }) =>
        authMethods.filter(isRenamed).map(({ mountPath }) => `auth/${mountPath}`),
      );
  }
}

/** Commands and files that contain the name of the inventory. */
function commandLines({ rename: { kind, to } }: RenamePlan): string[] {
  switch (kind) {
    case 'tenant':
      return [`commands take the new name: npm run platform -- tenant show ${to}`, agentFiles];
    case 'team':
      return [`commands take the new name: npm run platform -- tenant show ${to}/<tenant>`, agentFiles];
    case 'environment':
      return [`commands take the new name: npm start -- ${to}; so do names of \`credential list\``, agentFiles];
    case 'method':
      return ['names of `credential list` contain the new name'];
    case 'engine':
      return [];
  }
}

const agentFiles = 'files of agents contain the new name in a comment only, and need not be written again';
