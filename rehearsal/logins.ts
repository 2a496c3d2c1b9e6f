import type { AccessModel, Principal } from '../access/principals/access-model';
import type { ServerClient } from '../client/server-client';
import { ServerRefusal } from '../client/server-refusal';

/** How a token was obtained: by the login of the principal, or with its policies where that login cannot happen here. */
export type LoginKind = 'login' | 'policies';

export interface Login {
  readonly kind: LoginKind;
  readonly client: ServerClient;
  /** Policies of the token as the server lists them, sorted. */
  readonly policies: readonly string[];
}

/** Logs principals in, each once. Tokens are only in memory. */
export class Logins {
  private readonly made = new Map<string, Promise<Login>>();

  /** @param root client with a root token */
  constructor(
    private readonly root: ServerClient,
    private readonly model: AccessModel,
  ) {}

  /** Real logins by AppRole and by token role; other principals get a token with their policies. */
  public of(principal: Principal): Promise<Login> {
    const before = this.made.get(principal.id);
    if (before !== undefined) return before;
    const login = this.make(principal);
    this.made.set(principal.id, login);
    return login;
  }

  private async make(principal: Principal): Promise<Login> {
    const token = await this.real(principal);
    if (token !== undefined) return await this.described('login', token);
    // The server refuses a token with a policy that does not exist, which a login only skips.
    const existing = principal.policies.filter((name) => name === 'default' || this.model.policies.has(name));
    const { auth } = await this.root.write('auth/token/create', {
      policies: existing,
      no_default_policy: !existing.includes('default'),
      no_parent: true,
      ttl: '1h',
    });
    return await this.described('policies', tokenOf(auth));
  }

  private async real({ kind, mount, name }: Principal): Promise<string | undefined> {
    try {
      if (kind === 'token-role') return tokenOf((await this.root.write(`auth/token/create/${name}`)).auth);
      if (kind !== 'approle') return undefined;
      const role = `auth/${mount}/role/${name}`;
      const { data: id } = await this.root.read(`${role}/role-id`);
      const { data: secret } = await this.root.write(`${role}/secret-id`);
      const credentials = { role_id: id?.role_id, secret_id: secret?.secret_id };
      return tokenOf((await this.root.with({ token: '' }).write(`auth/${mount}/login`, credentials)).auth);
    } catch (error) {
      // Bound networks, for example, exclude this machine.
      if (error instanceof ServerRefusal) return undefined;
      throw error;
    }
  }

  private async described(kind: LoginKind, token: string): Promise<Login> {
    const { data = {} } = await this.root.write('auth/token/lookup', { token });
    const listed = [...strings(data.policies), ...strings(data.identity_policies)];
    return { kind, client: this.root.with({ token }), policies: [...new Set(listed)].sort() };
  }
}

const tokenOf = (auth: Readonly<Record<string, unknown>> | undefined): string =>
  typeof auth?.client_token === 'string' ? auth.client_token : '';

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
