import { readFileSync } from 'node:fs';

import { execa } from 'execa';

const guide = readFileSync('docs/guides/platform.md', 'utf8');

/** Addresses that the guide's command selects from what `terraform show -json` prints. */
async function selected(path: string, resources: readonly object[]): Promise<string[]> {
  const [, program = ''] = /jq -r --arg path "\$path" '([^']+)'/.exec(guide) ?? [];
  const input = JSON.stringify({ values: { root_module: { resources } } });
  const { stdout } = await execa('jq', ['-r', '--arg', 'path', path, program], { input });
  return stdout.split('\n').filter((line) => line !== '');
}

const resource = (address: string, values: object, mode = 'managed'): object => ({
  address,
  mode,
  type: address.split('.')[0],
  values,
});

describe('the command of the guide that lists what is in a removed mount', () => {
  const resources = [
    resource('vault_mount.transit', { path: 'v1/demo/transit' }),
    resource('vault_generic_endpoint.transit_tuning', { path: 'sys/mounts/v1/demo/transit/tune' }),
    resource('vault_mount.other', { path: 'v1/demo/transit2' }),
    resource('vault_transit_secret_backend_key.data', { backend: 'v1/demo/transit' }),
    resource('vault_kv_secret_backend_v2.kv', { mount: 'v1/demo/kv' }),
    resource('vault_generic_endpoint.document', { path: 'v1/demo/kv/data/basket/configs' }),
    resource('vault_quota_rate_limit.kv', { path: 'v1/demo/kv/' }),
    resource('vault_auth_backend.ci', { path: 'ci' }),
    resource('vault_generic_endpoint.ci_config', { path: 'auth/ci/config' }),
    resource('vault_jwt_auth_backend_role.deploy', { backend: 'ci' }),
    resource('data.vault_auth_backend.ci', { path: 'ci' }, 'data'),
    resource('vault_policy.ci', { name: 'ci' }),
  ];

  it.each([
    [
      'v1/demo/transit',
      ['vault_mount.transit', 'vault_generic_endpoint.transit_tuning', 'vault_transit_secret_backend_key.data'],
    ],
    ['v1/demo/kv', ['vault_kv_secret_backend_v2.kv', 'vault_generic_endpoint.document']],
    ['ci', ['vault_auth_backend.ci', 'vault_generic_endpoint.ci_config', 'vault_jwt_auth_backend_role.deploy']],
    ['v1/demo/ssh', []],
  ])('selects what is in %s', async (path, addresses) => {
    expect(await selected(path, resources)).toEqual(addresses);
  });
});
