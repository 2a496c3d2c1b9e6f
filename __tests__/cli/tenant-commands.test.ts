import { tenantCommands, type TenantCommandsProps } from '../../cli/tenant-commands';

const props: TenantCommandsProps = {
  dialect: 'openbao',
  address: 'https://vault.example.com:8200',
  role: 'checkout-devel-ro-role',
  mount: 'v1/devel/kv',
  document: 'checkout/configs',
};

const lines = (over: Partial<TenantCommandsProps> = {}): string[] =>
  tenantCommands({ ...props, ...over }).flatMap(({ commands }) => commands);

const titles = (over: Partial<TenantCommandsProps>): string[] =>
  tenantCommands({ ...props, ...over }).map(({ title }) => title.split(/[ :]/)[0]!);

describe('tenantCommands', () => {
  it('speaks OpenBao', () => {
    expect(lines({ firstCas: 1 })).toEqual([
      'export BAO_ADDR=https://vault.example.com:8200',
      'bao read -field=role_id auth/approle/role/checkout-devel-ro-role/role-id > role-id',
      '(umask 077; bao write -f -wrap-ttl=5m -field=wrapping_token auth/approle/role/checkout-devel-ro-role/secret-id > wrapped)',
      '(umask 077; BAO_TOKEN=$(cat wrapped) bao unwrap -field=secret_id > secret-id); rm wrapped',
      'export BAO_TOKEN=$(bao write -field=token auth/approle/login role_id=@role-id secret_id=@secret-id)',
      'bao kv get -format=json -mount=v1/devel/kv checkout/configs',
      'bao kv put -cas=1 -mount=v1/devel/kv checkout/configs @document.json',
    ]);
  });

  it('speaks Vault', () => {
    const text = lines({ dialect: 'vault', firstCas: 1 }).join('\n');
    expect(text).not.toMatch(/bao/i);
    expect(text.replaceAll('VAULT_', 'BAO_').replaceAll(/\bvault (?!\.)/g, 'bao ')).toBe(
      lines({ firstCas: 1 }).join('\n'),
    );
  });

  it('names the authority’s certificate only where the machine does not trust it', () => {
    expect(lines({ caFile: '/tmp/ca.crt' })).toContain('export BAO_CACERT=/tmp/ca.crt');
    expect(lines().join('\n')).not.toContain('CACERT');
  });

  it('shows no way to write to a role that may not', () => {
    expect(titles({})).toEqual(['Once', 'Issue', 'Log', 'Read']);
  });

  it('reads before it writes, for the version; and writes first where there is nothing to read yet', () => {
    expect(titles({ firstCas: 1 })).toEqual(['Once', 'Issue', 'Log', 'Read', 'Write']);
    expect(titles({ firstCas: 0 })).toEqual(['Once', 'Issue', 'Log', 'Write', 'Read']);
  });

  it('puts no secret into an argument', () => {
    for (const line of lines({ firstCas: 1 })) expect(line).not.toMatch(/(secret_id|token)=(?!@secret-id)[^\s>]/);
  });
});
