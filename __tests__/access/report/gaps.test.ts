import type { AccessModel, Gap } from '../../../access/principals/access-model';
import { gapsOf, uncomparedTemplates } from '../../../access/report/gaps';
import { placedPolicy } from '../../support/access/example-comparison';

const modelOf = (stanzas: Parameters<typeof placedPolicy>[1], gaps?: readonly Gap[]): AccessModel => ({
  server: 'vault-2',
  policies: new Map([['p', placedPolicy('p', stanzas)]]),
  principals: [],
  mounts: [],
  ...(gaps && { gaps }),
});

it('gaps of a model have the address that they are about, if it has one', () => {
  expect(gapsOf(modelOf({ 'kv/a': ['read'] }))).toEqual([]);
  expect(
    gapsOf(
      modelOf({ 'kv/a': ['read'] }, [
        { message: 'a' },
        { message: 'b', source: { address: 'x.y' } },
        { message: 'c', source: { file: 'f' } },
      ]),
    ),
  ).toEqual(['a', 'x.y: b', 'c']);
});

describe('identity templates', () => {
  const of = (name: string, capabilities: Parameters<typeof placedPolicy>[1][string] = ['read', 'list']): AccessModel =>
    modelOf({ 'kv/a': ['read'], [`kv/{{identity.entity.${name}}}/*`]: capabilities });
  const text = (name: string, capabilities = 'read, list'): string =>
    `policy p has the template "kv/{{identity.entity.${name}}}/*" (${capabilities}), which each token fills with its own values`;

  it('are not compared if they are on one side only', () => {
    expect(uncomparedTemplates(of('id'), of('id'))).toEqual([]);
    expect(uncomparedTemplates(of('id'), of('name'))).toEqual([text('name'), text('id')]);
    expect(uncomparedTemplates(undefined, of('id'))).toEqual([text('id')]);
    expect(uncomparedTemplates(of('id'), undefined)).toEqual([text('id')]);
    expect(uncomparedTemplates(of('id'), of('id', ['deny']))).toEqual([text('id', 'deny'), text('id')]);
    expect(uncomparedTemplates(undefined, undefined)).toEqual([]);
  });

  it('for the entity of the token itself are compared', () => {
    const own = modelOf({ 'identity/entity/id/{{identity.entity.id}}': ['read'] });
    expect(uncomparedTemplates(own, modelOf({ 'kv/a': ['read'] }))).toEqual([]);
  });
});
