import { readFileSync } from 'node:fs';

import { writesByOthers } from '../support/audit/guide-rules';
import { abilityTable } from '../support/provisioner/abilities';

const guide = readFileSync('docs/guides/security.md', 'utf8');

it('the table of what each credential of Terraform can do has the rows that tests try on the servers', () => {
  const [, table = ''] = /\n\| with a token for [^\n]*\n\|[- |]*\n((?:\|[^\n]*\n)+)/.exec(guide) ?? [];
  const rows = table
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(rows).toEqual(abilityTable());
});

describe('the command that finds writes by others in the audit log', () => {
  const entry = (path: string, policies: readonly string[], operation = 'update', error?: string): object => ({
    time: '2026-01-01T00:00:00Z',
    type: 'response',
    auth: { display_name: 'token-somebody', policies },
    request: { operation, path },
    ...(error !== undefined && { error }),
  });

  const found = async (...entries: readonly object[]): Promise<string[]> =>
    (await writesByOthers(entries.map((each) => JSON.stringify(each)).join('\n'))).map((line) =>
      line.split(' ').slice(2).join(' '),
    );

  it('prints who writes policies and logins of Terraform with another token', async () => {
    const paths = [
      'sys/policies/acl/admin',
      'sys/policies/acl/ADMIN ',
      'sys/policies/acl/provisioner-teams',
      'auth/provisioner/role/teams',
      'sys/auth/provisioner',
    ];
    expect(await found(...paths.map((path) => entry(path, ['admin'])))).toEqual(paths);
    expect(await found(...paths.map((path) => entry(path, ['provisioner-platform'])))).toEqual([]);
  });

  it('prints who writes groups and entities with another token than that for teams', async () => {
    const paths = ['identity/group', 'identity/group/id/1', 'identity/entity-alias'];
    expect(await found(...paths.map((path) => entry(path, ['admin'])))).toEqual(paths);
    expect(await found(...paths.map((path) => entry(path, ['provisioner-teams'])))).toEqual([]);
  });

  it('prints nothing else', async () => {
    expect(
      await found(
        entry('sys/policies/acl/administration.x.devel', ['admin']),
        entry('sys/policies/acl/admin', ['admin'], 'read'),
        entry('sys/policies/acl/admin', ['provisioner-teams'], 'update', 'permission denied'),
        entry('auth/provisioner/login', []),
        entry('auth/provisioner/role/teams/secret-id', ['admin']),
      ),
    ).toEqual([]);
  });
});
