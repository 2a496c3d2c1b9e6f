import type { DocumentUse } from '../../cli/tenant-access';
import { tenantCommands, type TenantCommandsProps } from '../../cli/tenant-commands';
import type { Grant } from '../../model/tenant/grant';
import type { KeyOperation } from '../../model/tenant/grants/key';
import type { TransitKeyType } from '../../model/tenant/key';
import type { Login } from '../../model/tenant/login';
import {
  authority,
  awsMethod,
  certificateRole,
  environment,
  jwtMethod,
  kubernetesMethod,
  ldapMethod,
  oidcMethod,
  tenant,
  transitKey,
} from '../support/inventory/model';

const document: DocumentUse = { type: 'document', mount: 'v1/devel/kv', document: 'checkout/configs', reads: true };
const props: TenantCommandsProps = {
  tenant: tenant(),
  environment: environment(),
  dialect: 'openbao',
  address: 'https://vault.example.com:8200',
  role: 'checkout-devel-ro-role',
  logins: [{ type: 'approle' }],
  uses: [document],
};

const lines = (over: Partial<TenantCommandsProps> = {}): string[] =>
  tenantCommands({ ...props, ...over }).flatMap(({ commands }) => commands);

const titles = (firstCas?: number): string[] =>
  tenantCommands({ ...props, uses: [firstCas === undefined ? document : { ...document, firstCas }] }).map(
    ({ title }) => title.split(/[ :]/)[0]!,
  );

const logIn = (login: Login): string[] => lines({ logins: [login], uses: [] }).slice(1);
const use = (grant: Exclude<Grant, { type: 'documents' }>): string[] => lines({ logins: [], uses: [grant] }).slice(1);

describe('the commands of a tenant', () => {
  it('use bao for OpenBao', () => {
    expect(lines({ uses: [{ ...document, firstCas: 1 }] })).toEqual([
      'export BAO_ADDR=https://vault.example.com:8200',
      'bao read -field=role_id auth/approle/role/checkout-devel-ro-role/role-id > role-id',
      '(umask 077; bao write -f -wrap-ttl=5m -field=wrapping_token auth/approle/role/checkout-devel-ro-role/secret-id > wrapped)',
      '(umask 077; BAO_TOKEN=$(cat wrapped) bao unwrap -field=secret_id > secret-id); rm wrapped',
      'export BAO_TOKEN=$(bao write -field=token auth/approle/login role_id=@role-id secret_id=@secret-id)',
      'bao kv get -format=json -mount=v1/devel/kv checkout/configs',
      'bao kv put -cas=1 -mount=v1/devel/kv checkout/configs @document.json',
    ]);
  });

  it('use vault for Vault', () => {
    const text = lines({ dialect: 'vault' }).join('\n');
    expect(text).not.toMatch(/bao/i);
    expect(text.replaceAll('VAULT_', 'BAO_').replaceAll(/\bvault (?!\.)/g, 'bao ')).toBe(lines().join('\n'));
  });

  it('set the CA certificate only if the machine does not trust it', () => {
    expect(lines({ caFile: '/tmp/ca.crt' })).toContain('export BAO_CACERT=/tmp/ca.crt');
    expect(lines().join('\n')).not.toContain('CACERT');
  });

  it('contain no write for a role that cannot write', () => {
    expect(titles()).toEqual(['Once', 'Issue', 'Log', 'Read']);
  });

  it('read before they write, for the version; write first if the document does not exist yet', () => {
    expect(titles(1)).toEqual(['Once', 'Issue', 'Log', 'Read', 'Write']);
    expect(titles(0)).toEqual(['Once', 'Issue', 'Log', 'Write', 'Read']);
  });

  it('use the AppRole method of the environment', () => {
    const own = lines({ environment: environment('devel', { appRoleMount: 'devel/approle' }) }).join('\n');
    expect(own).toContain('auth/devel/approle/login');
    expect(own).not.toContain('auth/approle');
  });

  it('contain no secret as an argument', () => {
    for (const line of lines()) expect(line).not.toMatch(/(secret_id|token|jwt)=(?!@)[^\s>]/);
  });
});

describe('commands to log in', () => {
  const role = 'checkout-devel-ro-role';

  it('a pod logs in with its projected token', () => {
    const method = kubernetesMethod();
    const login: Login = {
      type: 'kubernetes',
      method,
      serviceAccounts: ['checkout'],
      namespaces: ['shop'],
    };
    expect(logIn(login)).toEqual([
      `export BAO_TOKEN=$(bao write -field=token auth/${method.mountPath}/login role=${role} jwt=@/var/run/secrets/tokens/vault)`,
    ]);
  });

  it('a pipeline logs in with its token from a file', () => {
    const method = jwtMethod();
    const login: Login = {
      type: 'jwt',
      method,
      audiences: ['vault'],
      boundClaims: { sub: ['a'] },
      boundClaimsType: 'string',
    };
    expect(logIn(login)[0]).toContain(`auth/${method.mountPath}/login role=${role} jwt=@token.jwt`);
  });

  it('people log in with a browser or at a password prompt', () => {
    const oidc = oidcMethod();
    const bound = { boundClaims: { groups: ['a'] }, boundClaimsType: 'string', scopes: [] } as const;
    expect(logIn({ type: 'oidc', method: oidc, ...bound })).toEqual([
      `bao login -method=oidc -path=${oidc.mountPath} role=${role}`,
    ]);
    const ldap = ldapMethod();
    expect(logIn({ type: 'ldap', method: ldap, groups: ['team'] })).toEqual([
      `bao login -method=ldap -path=${ldap.mountPath} username="$USER"`,
    ]);
  });

  it('a program on AWS signs a request that is valid for this server only', () => {
    const method = awsMethod();
    expect(logIn({ type: 'aws', method, authType: 'iam', iamPrincipalArns: ['arn:aws:iam::1:role/a'] })[0]).toContain(
      `header_value=${method.serverIdHeader} region=${method.region} role=${role}`,
    );
  });

  it('a trusted program creates tokens for other programs', () => {
    expect(logIn({ type: 'token', orphan: false, renewable: true })[0]).toContain(`token create -role=${role}`);
  });
});

describe('commands to use grants', () => {
  it('certificates are issued into a file that only its owner can read', () => {
    const role = certificateRole({ authority: authority(), domains: ['a.example.com'] });
    expect(use({ type: 'certificate', role, operations: ['issue', 'revoke'] })).toEqual([
      `(umask 077; bao write -format=json ${role.authority.mountPath}/issue/${role.roleName} common_name=a.example.com > issued.json)`,
      `bao write ${role.authority.mountPath}/revoke-with-key certificate=@certificate.pem private_key=@private.key`,
    ]);
  });

  it('a key that signs verifies signatures, others a code', () => {
    const proofOf = (type: TransitKeyType, ...operations: KeyOperation[]): string | undefined =>
      /(\w+)=@\1 /.exec(use({ type: 'key', key: transitKey({ type }), operations }).at(-1) ?? '')?.[1];
    expect(proofOf('rsa-2048', 'sign', 'verify')).toBe('signature');
    expect(proofOf('ed25519', 'verify')).toBe('signature');
    expect(proofOf('ecdsa-p256', 'hmac', 'verify')).toBe('hmac');
    expect(proofOf('hmac', 'hmac', 'verify')).toBe('hmac');
    expect(proofOf('aes256-gcm96', 'verify')).toBe('hmac');
  });

  it('documents are listed by a role that cannot read them', () => {
    const listed = lines({ logins: [], uses: [{ ...document, reads: false, folder: 'checkout/tests/' }] });
    expect(listed.slice(1)).toEqual(['bao kv list -mount=v1/devel/kv checkout/tests/']);
  });

  it('plaintext of a key is passed through a pipe', () => {
    const key = transitKey();
    expect(use({ type: 'key', key, operations: ['encrypt'] })).toEqual([
      `base64 -w0 < plain | bao write -field=ciphertext v1/devel/transit/encrypt/${key.keyName} plaintext=- > cipher`,
    ]);
  });

  it('documents of version 1 are written without check-and-set', () => {
    expect(use({ type: 'documents1', path: 'legacy/*', operations: ['read', 'update'] })).toEqual([
      'bao write v1/devel/kv1/checkout/legacy/example @document.json',
      'bao read -format=json v1/devel/kv1/checkout/legacy/example',
    ]);
  });
});
