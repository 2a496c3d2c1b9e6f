import { adminPolicy, provisionerPolicy } from '../../../constructs/policy/cluster-policies';

/** Capabilities by path, as written. */
function rules(text: string): Record<string, string[]> {
  const blocks = [...text.matchAll(/path "(.+)" \{\n {2}capabilities = \[(.*)\]/g)];
  return Object.fromEntries(
    blocks.map(([, path = '', list = '']): [string, string[]] => [path, list.replaceAll('"', '').split(', ')]),
  );
}

describe('the provisioner', () => {
  const allowed = rules(provisionerPolicy(['devel', 'stag']).rules);

  it('writes a key-set document once, and neither reads nor changes it', () => {
    expect(allowed['v1/devel/kv/data/+/configs']).toEqual(['create']);
    expect(Object.keys(allowed).filter((path) => path.includes('/data/'))).toEqual([
      'v1/devel/kv/data/+/configs',
      'v1/stag/kv/data/+/configs',
    ]);
  });

  it('makes engines and never removes one', () => {
    const mounts = Object.entries(allowed).filter(([path]) => path.startsWith('sys/mounts/v1/'));
    expect(mounts).toHaveLength(4);
    for (const [, capabilities] of mounts) expect(capabilities).not.toContain('delete');
  });

  it('issues no SecretID', () => {
    expect(Object.keys(allowed).filter((path) => path.includes('secret-id'))).toEqual([]);
    expect(allowed['auth/approle/role/+']).toEqual(['create', 'read', 'update', 'delete']);
  });

  it('knows only the environments of its cluster', () => {
    expect(provisionerPolicy(['prod']).rules).not.toContain('devel');
  });
});

describe('the administrator', () => {
  const allowed = rules(adminPolicy().rules);

  it('restores and purges documents and cannot read them', () => {
    expect(allowed['v1/+/kv/metadata/*']).toEqual(['read', 'delete', 'list']);
    expect(allowed['v1/+/kv/undelete/*']).toEqual(['update']);
    expect(Object.keys(allowed).filter((path) => path.includes('/data/'))).toEqual([]);
  });
});
