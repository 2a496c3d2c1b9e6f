import type { Owner } from '../../../access/principals/access-model';
import { findCrossings, type Crossing, type Sharing } from '../../../access/proof/isolation';
import { documentFolders } from '../../../access/proof/own-data';
import { now, owner, smallModel, type SmallPrincipal } from './small-model';

const [ledger, shop, app] = [owner('ledger'), owner('shop'), owner('app')];
const data = 'v1/devel/kv/data';

/** What principals of tenants reach of each other; each principal has its own policy. */
function crossings(
  entries: Readonly<Record<string, SmallPrincipal>>,
  sharing: readonly Sharing[] = [],
  owners: readonly Owner[] = [ledger, shop, app],
): readonly Crossing[] {
  const model = smallModel(entries);
  return findCrossings(model, { things: documentFolders(owners, model.mounts), sharing, now });
}
const said = (found: readonly Crossing[]): readonly string[] =>
  found.map(
    ({ owner: { tenant }, principals, witness, data: { name }, others }) =>
      `${tenant} (${principals.map((each) => each.name).join(', ')}): ${witness.path} of ${name} and ${others}`,
  );

describe('findings of isolation', () => {
  it('are one for each tenant and stanza, with all principals', () => {
    const rules = { [`${data}/ledger/a`]: ['read'], [`${data}/ledger/b`]: ['read'] } as const;
    expect(
      said(
        crossings({
          one: { owner: shop, rules },
          two: { owner: shop, rules: {}, over: { policies: ['one', 'two'] } },
          three: { owner: app, rules: {}, over: { policies: ['one'] } },
          four: { owner: ledger, rules: {}, over: { policies: ['one'] } },
          five: { owner: shop, rules: { [`${data}/shop/a`]: ['read'] } },
        }),
      ),
    ).toEqual([
      'shop (one-role, two-role): v1/devel/kv/data/ledger/a of ledger and 0',
      'app (three-role): v1/devel/kv/data/ledger/a of ledger and 0',
    ]);
  });

  it('are of each stanza that decides', () => {
    const rules = { [`${data}/ledger/*`]: ['read'], [`${data}/app`]: ['update'] } as const;
    expect(said(crossings({ one: { owner: shop, rules } }))).toEqual([
      'shop (one-role): v1/devel/kv/data/ledger/x of ledger and 0',
      'shop (one-role): v1/devel/kv/data/app of app and 0',
    ]);
  });

  it('count the most that one of the principals reaches', () => {
    const deny = { [`${data}/app*`]: ['deny'], [`${data}/x*`]: ['deny'] } as const;
    const all = { [`${data}/*`]: ['read'] } as const;
    const owners = [ledger, app, owner('x'), owner('y')];
    const over = { policies: ['all', 'deny'] };
    const few = { owner: shop, rules: {}, over };
    const wide = { owner: shop, rules: all };
    const denying = { rules: deny };
    const others = (entries: Readonly<Record<string, SmallPrincipal>>): readonly number[] =>
      crossings(entries, [], owners).map((each) => each.others);
    expect(others({ all: wide, deny: denying, few })).toEqual([3]);
    expect(others({ few, all: wide, deny: denying })).toEqual([3]);
    expect(others({ few, deny: denying, all: { rules: all } })).toEqual([1]);
  });

  it('are of the data of the other one, where several tenants have a name', () => {
    const things = [shop, ledger].map((each) => ({ owner: each, kind: 'totp-key', mount: 'totp', name: 'k' }) as const);
    const model = smallModel({ one: { owner: shop, rules: { 'totp/code/k': ['read'] } } });
    const [found] = findCrossings(model, { things, sharing: [], now });
    expect(found?.data).toEqual({ owner: ledger, kind: 'totp-key', name: 'k' });
    const [mine] = things;
    expect(findCrossings(model, { things: mine === undefined ? [] : [mine], sharing: [], now })).toEqual([]);
  });

  it('of a policy of another tenant are found, although it reaches only data of its owner', () => {
    const rules = { [`${data}/ledger/*`]: ['read'] } as const;
    const entries = {
      ledger: { owner: ledger, rules },
      guest: { owner: shop, rules: {}, over: { policies: ['ledger', 'missing'] } },
    };
    expect(said(crossings(entries))).toEqual(['shop (guest-role): v1/devel/kv/data/ledger/x of ledger and 0']);
    expect(said(crossings({ ...entries, guest: { ...entries.guest, owner: owner('ledger') } }))).toEqual([]);
  });

  it('differ by the identity of principals with the same policies', () => {
    const rules = { [`${data}/{{identity.entity.name}}/x`]: ['read'] } as const;
    const named = (name: string) => ({ identity: { entity: { id: name, name, metadata: {}, aliases: {} } } });
    expect(
      said(
        crossings({
          own: { owner: shop, rules, over: { ...named('shop'), policies: ['own'] } },
          other: { owner: shop, rules: {}, over: { ...named('app'), policies: ['own'] } },
        }),
      ),
    ).toEqual(['shop (other-role): v1/devel/kv/data/app/x of app and 0']);
  });

  it('are none for the platform, for denials and without things', () => {
    expect(crossings({ ops: { rules: { '*': ['read'] } } })).toEqual([]);
    expect(crossings({ one: { owner: shop, rules: { [`${data}/ledger/*`]: ['deny'] } } })).toEqual([]);
    expect(crossings({ one: { owner: shop, rules: { '*': ['read'] } } }, [], [])).toEqual([]);
    expect(crossings({ one: { owner: shop, rules: { 'sys/*': ['read'] } } })).toEqual([]);
  });

  it('end with their stanza', () => {
    const model = smallModel({ one: { owner: shop, rules: { [`${data}/ledger/*`]: ['read'] } } });
    const [stanza] = model.policies.get('one')?.policy.stanzas ?? [];
    Object.assign(stanza ?? {}, { expiresAt: now });
    const things = documentFolders([ledger], model.mounts);
    expect(findCrossings(model, { things, sharing: [], now: now - 1 })).toHaveLength(1);
    expect(findCrossings(model, { things, sharing: [], now: now + 1 })).toEqual([]);
  });
});

describe('sharing of several tenants', () => {
  const share = (mine: Owner, path: string, more: Partial<Sharing> = {}): Sharing => ({
    ...{ owner: mine, with: shop, reason: 'Prices', allowed: [{ path: `${data}/${path}`, operations: ['read'] }] },
    ...more,
  });
  const rules = { [`${data}/+/prices`]: ['read'] } as const;

  it('leaves what is not shared', () => {
    const reached = (...sharing: readonly Sharing[]) => said(crossings({ one: { owner: shop, rules } }, sharing));
    expect(reached(share(ledger, 'ledger/*'), share(app, 'app/prices'))).toEqual([]);
    expect(reached(share(app, 'app/prices'))).toEqual([
      'shop (one-role): v1/devel/kv/data/ledger/prices of ledger and 1',
    ]);
    expect(reached(share(ledger, 'ledger/*'))).toEqual(['shop (one-role): v1/devel/kv/data/app/prices of app and 2']);
    expect(reached(share(app, 'ledger/*'), share(ledger, 'app/*'))).toHaveLength(1);
  });

  it('names the declaration that has expired, if it is about the request', () => {
    const expired = (...sharing: readonly Sharing[]) =>
      crossings({ one: { owner: shop, rules: { [`${data}/ledger/prices`]: ['read'] } } }, sharing)[0]?.expired;
    const old = share(ledger, 'ledger/prices', { until: '2026-11-01' });
    expect(expired(share(ledger, 'ledger/x'), old)).toBe(old);
    expect(expired(share(ledger, 'ledger/x', { until: '2026-11-01' }))).toBeUndefined();
    expect(expired(share(app, 'ledger/prices', { until: '2026-11-01' }))).toBeUndefined();
    expect(expired({ ...old, allowed: [...share(ledger, 'x').allowed, ...old.allowed] })?.until).toBe('2026-11-01');
  });
});
