import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { printMoves } from '../../cli/moves';

type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'check-moves-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, content: unknown): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), JSON.stringify(content));
}

function synthesise(output: string, stacks: Record<string, Resources>): void {
  for (const [stack, resources] of Object.entries(stacks)) {
    const resource: Record<string, Record<string, unknown>> = {};
    for (const [address, given] of Object.entries(resources)) {
      const [type = '', name = ''] = address.split('.');
      (resource[type] ??= {})[name] = given;
    }
    write(`${output}/stacks/${stack}/cdk.tf.json`, { resource });
  }
}

/** A plan as `terraform show -json` prints it, with its actions by address. */
function plan(stack: string, actions: Record<string, readonly string[]> = {}): void {
  const changes = Object.entries(actions).map(([address, each]) => ({ address, change: { actions: each } }));
  write(`after/stacks/${stack}/plan.json`, { format_version: '1.2', resource_changes: changes });
}

const check = (): void => printMoves(path.join(folder, 'before'), path.join(folder, 'after'), { check: true });

const kept = { lifecycle: { prevent_destroy: true } };
const basket = { 'vault_policy.basket_ro': { name: 'basket-devel-ro' } };
const wishlist = { 'vault_policy.wishlist_ro': { name: 'wishlist-devel-ro' } };

describe('a check of plans', () => {
  it('fails as long as a tenant that moved is created in its new stack, and destroyed in its old one', () => {
    synthesise('before', { 'devel-shop': { ...basket, ...wishlist } });
    synthesise('after', { 'devel-shop': wishlist, 'devel-pay': basket });
    plan('devel-shop', { 'vault_policy.basket_ro': ['delete'], 'vault_policy.wishlist_ro': ['no-op'] });
    plan('devel-pay', { 'vault_policy.basket_ro': ['create'] });
    expect(check).toThrow(
      /1 resources are still in the state of devel-shop and belong in that of devel-pay\n.*vault_policy.basket_ro\n.*sh moves.sh/,
    );

    plan('devel-shop', { 'vault_policy.wishlist_ro': ['no-op'] });
    plan('devel-pay', { 'vault_policy.basket_ro': ['no-op'] });
    expect(check).not.toThrow();
  });

  it('sees the move of a renamed team, whose old stack nobody plans', () => {
    synthesise('before', { 'devel-shop': basket });
    synthesise('after', { 'devel-store': basket });
    plan('devel-store', { 'vault_policy.basket_ro': ['create'] });
    expect(check).toThrow(/in the state of devel-shop and belong in that of devel-store/);
  });

  it('fails for data that a plan destroys, and passes what only leaves the state', () => {
    const data = {
      'vault_database_secret_backend_connection.main': kept,
      'vault_generic_endpoint.issuer': { ...kept, disable_delete: true },
      'vault_pki_secret_backend_intermediate_cert_request.old': {
        lifecycle: { prevent_destroy: true, ignore_changes: 'all' },
      },
      'vault_transit_secret_backend_key.deletable': { name: 'data' },
    };
    synthesise('before', { 'devel-engines': data });
    synthesise('after', { 'devel-engines': {} });
    plan('devel-engines', Object.fromEntries(Object.keys(data).map((address) => [address, ['delete']])));
    let message = '';
    try {
      check();
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain('this contains data, and the plan destroys it');
    expect(message.match(/given: +(.*)/g)).toEqual(['given:   vault_database_secret_backend_connection.main']);
  });

  it('requires a plan of each stack that changes', () => {
    synthesise('before', { 'devel-shop': basket, 'devel-pay': wishlist });
    synthesise('after', { 'devel-shop': {}, 'devel-pay': wishlist });
    expect(check).toThrow(/devel-shop\/plan.json {2}this stack changes, and there is no plan of it/);
    expect(check).not.toThrow(/devel-pay/);
    // The plan itself instead of its JSON.
    writeFileSync(path.join(folder, 'after/stacks/devel-shop/plan.json'), 'PK');
    expect(check).toThrow(/there is no plan of it/);
    plan('devel-shop', { 'vault_policy.basket_ro': ['delete'] });
    expect(check).not.toThrow();
  });
});

describe('a check of names', () => {
  const names = (output: string, tenants: readonly string[], departed: readonly string[] = []): void => {
    synthesise(output, { 'devel-shop': wishlist });
    write(`${output}/names.json`, { tenants, departed });
  };

  it('fails for a tenant that leaves without an entry in the register', () => {
    names('before', ['basket', 'wishlist']);
    names('after', ['wishlist']);
    expect(check).toThrow(/this tenant leaves without an entry in `departed`.*\n.*basket\n.*tenant remove/);
    names('after', ['wishlist'], ['basket']);
    expect(check).not.toThrow();
  });

  it('fails for an entry that was removed, unless the tenant is there again', () => {
    names('before', ['wishlist'], ['basket']);
    names('after', ['wishlist']);
    expect(check).toThrow(/the entry of this departed tenant was removed/);
    names('after', ['basket', 'wishlist']);
    expect(check).not.toThrow();
  });

  it('fails for an object that dots in its name would replace', () => {
    const key = (name: string) => ({ 'vault_transit_secret_backend_key.basket_key-data': { name } });
    synthesise('before', { 'devel-shop': key('basket-data') });
    synthesise('after', { 'devel-shop': key('basket.data') });
    plan('devel-shop');
    expect(check).toThrow(/`basket-data` would be destroyed.*\n(.*\n)*.*names keep/);
  });
});
