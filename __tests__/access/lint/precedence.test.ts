import type { AccessModel } from '../../../access/principals/access-model';
import { policyModel, yamlModel } from './example-model';
import { findingsOf, messagesOf, reported } from './findings-of';

describe('list-portability', () => {
  it('says which server allows which LIST', () => {
    const model = policyModel('path "a/*" { capabilities = ["list"] }\npath "a/b/*" { capabilities = ["deny"] }');
    expect(findingsOf(model, 'list-portability')).toMatchObject([
      {
        path: 'a/*',
        position: { line: 1, column: 1 },
        message:
          'vault-1.21 allows LIST a/b/ and openbao-2.7 denies it: write an exact stanza for the path with its slash',
      },
    ]);
    const opposite = policyModel('path "a/*" { capabilities = ["deny"] }\npath "a/b/*" { capabilities = ["list"] }');
    expect(messagesOf(opposite, 'list-portability')).toEqual([
      'openbao-2.7 allows LIST a/b/ and vault-1.21 denies it: write an exact stanza for the path with its slash',
    ]);
  });

  it('shows templates as they are written', () => {
    const model = policyModel(
      'path "a/{{identity.entity.id}}*" { capabilities = ["list"] }\npath "a/{{identity.entity.id}}/b/*" { capabilities = ["deny"] }',
    );
    expect(findingsOf(model, 'list-portability')).toMatchObject([
      {
        path: 'a/{{identity.entity.id}}*',
        message: expect.stringContaining('LIST a/{{identity.entity.id}}') as string,
      },
    ]);
  });

  it('does not concern policies that list nothing', () => {
    expect(reported('list-portability', ['a/* read', 'a/b/* deny'])).toEqual([]);
    expect(reported('list-portability', ['a/* list'])).toEqual([]);
  });
});

describe('rules about precedence', () => {
  const deadMessage = (pattern: string, winner: string): string =>
    `"${pattern}" never decides, because "${winner}" wins wherever both match: delete it, or make its pattern more specific`;

  it.each<[stanzas: readonly string[], dead: readonly string[]]>([
    // A pattern with + in a later place wins, one with + in an earlier place loses.
    [['a/* read', 'a/+/b* read'], ['a/+/b*']],
    [['a/* read', 'a/+/b read'], []],
    [['a/* read', 'a/b/* read'], []],
    [['a/* read', 'a/b read'], []],
    [['a/+ read', 'a/b read'], []],
    [['+/b read', 'a/* read'], []],
    [['a/+/c read', 'a/b/c read'], []],
    [['a/+/+/d* read', 'a/*b read', 'a/* read'], ['a/+/+/d*']],
    // No path that stands for a pattern begins with what another one begins with.
    [['a/z* read', 'a/* read'], []],
    [['a/zz* read', 'a/* read'], []],
    // A LIST is decided by stanzas for the path without its slash as well.
    [['a/b list', 'a/* list'], []],
    [['zz/* read', 'a/+/zz/* read'], []],
  ])('find in %j the stanzas that never decide: %j', (stanzas, dead) => {
    expect(reported('dead-stanza', stanzas)).toEqual(dead);
  });

  it('say which stanza wins, with templates as they are written', () => {
    const model = policyModel(
      'path "a/{{identity.entity.id}}/*" { capabilities = ["read"] }\npath "a/{{identity.entity.id}}/+/b*" { capabilities = ["read"] }',
    );
    expect(messagesOf(model, 'dead-stanza')).toEqual([
      deadMessage('a/{{identity.entity.id}}/+/b*', 'a/{{identity.entity.id}}/*'),
    ]);
    expect(findingsOf(model, 'dead-stanza')).toMatchObject([
      { path: 'a/{{identity.entity.id}}/+/b*', position: { line: 2, column: 1 } },
    ]);
  });

  it('report a denial that loses in its own policy once, and not again for each login', () => {
    const model = yamlModel(`
policies:
  guard: |
    path "s/*" { capabilities = ["read"] }
    path "s/+/p*" { capabilities = ["deny"] }
  reader: path "t/*" { capabilities = ["read"] }
principals:
  approle:approle/role/a: [guard, reader]
  approle:approle/role/b: [guard, reader]
`);
    expect(messagesOf(model, 'dead-deny')).toEqual([
      '"s/+/p*" never decides, because "s/*" wins wherever both match: deny has no precedence of its own, so write a pattern that wins',
    ]);
  });

  const ofTwo = (guard: string, reader: string, lists: readonly (readonly string[])[]): AccessModel =>
    yamlModel(
      JSON.stringify({
        policies: {
          guard: `path "${guard}" { capabilities = ["deny"] }`,
          other: 'path "o/*" { capabilities = ["read"] }',
          reader: `path "${reader}" { capabilities = ["read"] }`,
        },
        principals: Object.fromEntries(lists.map((list, index) => [`approle:approle/role/${index}`, list])),
      }),
    );

  it('name the other policies of a login that win over a denial', () => {
    const lists = [['guard', 'other', 'reader'], ['guard']];
    expect(messagesOf(ofTwo('s/+/p*', 's/*', lists), 'dead-deny')).toEqual([
      '"s/+/p*" never decides together with other, reader, because "s/*" wins wherever both match: write a pattern that wins',
    ]);
    expect(findingsOf(ofTwo('s/+/p*', 's/*', lists), 'dead-deny')).toMatchObject([
      { policy: 'guard', path: 's/+/p*', position: { line: 1, column: 1 }, source: { file: 'policies/guard.hcl' } },
    ]);
    expect(messagesOf(ofTwo('s/+/p*', 's/*', [['guard', 'other'], ['reader']]), 'dead-deny')).toEqual([]);
  });

  it('tell stanzas of one line apart, and count all stanzas of a pattern as one', () => {
    const oneLine = policyModel('path "a/*" { capabilities = ["read"] } path "a/+/b*" { capabilities = ["read"] }');
    expect(findingsOf(oneLine, 'dead-stanza').map(({ path }) => path)).toEqual(['a/+/b*']);
    const model = yamlModel(`
policies:
  one: path "s/a/p" { capabilities = ["deny"] }
  two: path "s/a/p" { capabilities = ["deny"] }
  reader: path "s/*" { capabilities = ["read"] }
principals: { 'approle:approle/role/x': [one, two, reader] }
`);
    expect(messagesOf(model, 'dead-deny')).toEqual([]);
  });

  it('report each denial of a policy that loses, alone or with others, in the order of lines', () => {
    const model = yamlModel(
      JSON.stringify({
        policies: {
          guard:
            'path "s/+/p*" { capabilities = ["deny"] }\npath "t/*" { capabilities = ["read"] }\npath "t/+/q*" { capabilities = ["deny"] }',
          reader: 'path "s/*" { capabilities = ["read"] }',
        },
        principals: { 'approle:approle/role/x': ['gone', 'guard', 'reader'] },
      }),
    );
    expect(findingsOf(model, 'dead-deny').map(({ path, position }) => [path, position?.line])).toEqual([
      ['s/+/p*', 1],
      ['t/+/q*', 3],
    ]);
    expect(messagesOf(model, 'dead-deny')[0]).toContain('never decides together with reader, because');
  });

  it('name the path that a denial misses, and the policy that allows it', () => {
    expect(messagesOf(ofTwo('s/+/p', 's/a/*', [['guard', 'reader']]), 'shadowed-deny')).toEqual([
      '"s/+/p" does not deny s/a/p, which "s/a/*" of reader allows: make the denial more specific',
    ]);
    const own = policyModel('path "s/a/*" { capabilities = ["list"] }\npath "s/+/p/" { capabilities = ["deny"] }');
    expect(messagesOf(own, 'shadowed-deny')).toEqual([
      '"s/+/p/" does not deny s/a/p/, which "s/a/*" allows: make the denial more specific',
    ]);
  });

  it('report a denial once for each stanza that wins over it', () => {
    const lists = [['guard', 'reader'], ['guard', 'other', 'reader'], ['other']];
    expect(messagesOf(ofTwo('s/+/p', 's/a/*', lists), 'shadowed-deny')).toHaveLength(1);
    const stanzas = ['s/+/p deny', 's/a/* read', 's/b/* update'];
    expect(reported('shadowed-deny', stanzas)).toEqual(['s/+/p', 's/+/p']);
  });

  it.each<[string, readonly string[]]>([
    ['an exception', ['s/* deny', 's/a/* read']],
    ['a grant of nothing', ['s/+/p deny', 's/a/* sudo']],
    ['a denial that wins', ['s/a/p deny', 's/a/* read']],
    ['a denial that wins with +', ['s/+/p* deny', 's/+/* read']],
    ['stanzas that deny nothing', ['s/+/p read', 's/a/* update']],
    ['a third stanza that allows the path', ['s/+/p deny', 's/a/* read', 's/a/p read']],
    ['another denial', ['s/+/p deny', 's/a/* deny']],
    ['a third stanza that decides', ['s/+/p deny', 's/a/* read', 's/a/p deny']],
    ['patterns that do not meet', ['s/+/p deny', 's/a/q* read']],
  ])('find no shadowed denial in %s', (_, stanzas) => {
    expect(reported('shadowed-deny', stanzas)).toEqual([]);
  });
});
