import { agentTargets, renderAgent, type AgentTarget } from '../../agents/render-agent';
import { appRole, customPolicy, kubernetesMethod } from '../support/inventory/model';
import { agentProps, certificate, configurationOf, document, fileOf } from './agents';

const everything = { files: [certificate(), certificate({ name: 'client', format: 'java' }), document] };

describe.each(agentTargets)('an agent for %s', (target) => {
  it('is deterministic', () => {
    expect(renderAgent(target, agentProps(everything))).toEqual(renderAgent(target, agentProps(everything)));
  });

  it.each(['openbao', 'vault'] as const)('speaks the language of %s alone', (dialect) => {
    const text = renderAgent(target, agentProps(everything, dialect))
      .map(({ path, content }) => `${path}\n${content}`)
      .join('\n')
      .replaceAll(/vault\.example\.com|\/(etc|secrets)\/vault|"vault": \{|audience: vault|`vault`/g, '');
    expect(text).not.toMatch(dialect === 'openbao' ? /vault/i : /\bbao\b|openbao/i);
  });

  it('contains no secret, and uses no environment variables', () => {
    for (const { content } of renderAgent(target, agentProps(everything))) {
      expect(content).not.toMatch(/^\s*-?\s*(env|envFrom|environment|Environment(File)?|env_file)[:=]/m);
    }
  });

  it('writes files that only their owner can read, unless others must', () => {
    const files = renderAgent(target, agentProps(everything));
    for (const { path, mode } of files)
      expect({ path, mode }).toEqual({ path, mode: /README|\.yaml$/.test(path) ? 0o600 : 0o644 });
  });

  it('requires a login that works on the target', () => {
    const props = agentProps({ policy: customPolicy({ logins: [{ type: 'token', orphan: true, renewable: true }] }) });
    expect(() => renderAgent(target, props)).toThrow(
      /the policy of this agent has no login of type (approle|kubernetes)\n {2}given: {3}checkout.tests.devel \(token\)\n {2}fix/,
    );
  });

  it.each([
    [['/opt/my app/reload'], 'an agent passes a one-word command that contains blanks to a shell'],
    [['pkill -HUP java'], 'to a shell'],
    [[''], 'names no program'],
    [[], 'names no program'],
  ])('refuses the command %j', (command, message) => {
    expect(() => renderAgent(target, agentProps({ command }))).toThrow(message);
  });
});

describe.each(['systemd', 'compose'] as const satisfies AgentTarget[])('an agent for %s', (target) => {
  it('refuses roles whose SecretIDs have a limited number of uses', () => {
    const props = agentProps();
    const settings = { ...props.settings, appRole: appRole({ secretIdNumUses: 1 }) };
    expect(() => renderAgent(target, { ...props, settings })).toThrow(/would stop.*\n.*secretIdNumUses: 1/);
    expect(() => renderAgent('kubernetes', { ...props, settings })).not.toThrow();
  });

  it('unwraps the SecretID once, and checks the path that created it', () => {
    const [method] = configurationOf(renderAgent(target, agentProps())).auto_auth.method;
    expect(method).toMatchObject({
      type: 'approle',
      mount_path: 'auth/approle',
      config: {
        remove_secret_id_file_after_reading: true,
        secret_id_response_wrapping_path: 'auth/approle/role/checkout.tests.devel-role/secret-id',
      },
    });
    expect(method?.config.secret_id_file_path).toMatch(/^\/run\//);
  });

  it('uses the mount of its environment', () => {
    const props = agentProps();
    const environment = { ...props.settings.environment, appRoleMount: 'devel/approle' };
    const files = renderAgent(target, { ...props, settings: { ...props.settings, environment } });
    expect(configurationOf(files).auto_auth.method[0]).toMatchObject({ mount_path: 'auth/devel/approle' });
    expect(fileOf(files, 'README.md')).toContain(
      '-field=role_id auth/devel/approle/role/checkout.tests.devel-role/role-id',
    );
  });

  it('sets the owner of each file, requires its folder, and runs the command without a shell', () => {
    const command = ['/opt/kafka/bin/reload', 'two words', '$HOME'];
    const { template } = configurationOf(renderAgent(target, agentProps({ ...everything, command })));
    expect(template.map(({ destination }) => destination)).toEqual(
      ['broker.ca.pem', 'broker.pem', 'client.ca.pem', 'client.pem', 'settings.json'].map((n) => `/etc/kafka/tls/${n}`),
    );
    for (const entry of template) {
      expect(entry).toMatchObject({
        perms: '0600',
        error_on_missing_key: true,
        create_dest_dirs: false,
        exec: { command },
      });
    }
    const [without] = configurationOf(renderAgent(target, agentProps())).template;
    expect(without).not.toHaveProperty('exec');
  });

  it('uses the given CA, or the CAs of the machine', () => {
    const caCertificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
    const files = renderAgent(target, { ...agentProps(), caCertificate });
    expect(configurationOf(files).vault.ca_cert).toMatch(/\/ca\.crt$/);
    expect(fileOf(files, 'ca.crt')).toBe(caCertificate);
    expect(configurationOf(renderAgent(target, agentProps())).vault).toEqual({
      address: 'https://vault.example.com:8200',
    });
  });

  it('sets the time of renewal where the agent supports it', () => {
    const threshold = (dialect: 'openbao' | 'vault'): unknown =>
      configurationOf(renderAgent(target, agentProps({}, dialect))).template_config.lease_renewal_threshold;
    expect(threshold('vault')).toBe(0.67);
    expect(threshold('openbao')).toBeUndefined();
  });
});

describe.each(['kubernetes', 'compose'] as const satisfies AgentTarget[])('an agent for %s', (target) => {
  it('has no access to systemd', () => {
    const props = agentProps({ command: ['/usr/bin/systemctl', 'reload', 'kafka'] });
    expect(() => renderAgent(target, props)).toThrow(/there is no systemd in a container/);
  });
});

it('accepts only a ServiceAccount that the role allows', () => {
  const login = {
    type: 'kubernetes',
    method: kubernetesMethod(),
    serviceAccounts: ['checkout-*'],
    namespaces: ['shop', 'shop-two'],
  } as const;
  const props = agentProps({ policy: customPolicy({ logins: [login] }) });
  const render = (over: object): string => fileOf(renderAgent('kubernetes', { ...props, ...over }), '.yaml');
  expect(() => render({})).toThrow(
    '--service-account is required: the login has wildcards only\n  allowed: checkout-*',
  );
  expect(() => render({ serviceAccount: 'xcheckout-api', namespace: 'other' })).toThrow(
    /may not log in\n.*--namespace other(.|\n)*--service-account xcheckout-api/,
  );
  expect(render({ serviceAccount: 'checkout-api', namespace: 'shop-two' })).toContain('namespace: shop-two');
});
