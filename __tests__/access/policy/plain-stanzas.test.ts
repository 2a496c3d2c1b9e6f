import { parsePolicy } from '../../../access/policy/parse-policy';
import { plainStanzas } from '../../../access/policy/plain-stanzas';
import { servers, type Server } from '../../../access/servers';

const all = Object.keys(servers) as Server[];

const block = (path: string, ...capabilities: string[]): string =>
  `path "${path}" {\n  capabilities = [${capabilities.map((each) => `"${each}"`).join(', ')}]\n}\n`;

const plain = [
  block('kv/data/a', 'read'),
  `${block('kv/data/a', 'read')}\n${block('kv/+/b-*', 'update', 'read', 'update')}\n\n${block('*', 'list')}`,
  block('a', 'read').trimEnd(),
  block('a//b/', 'read', 'deny', 'bogus'),
  `${block('a', 'read')}${block('a', 'list')}`,
];

const others = [
  block('/a', 'read'),
  block('a'),
  block('a', ''),
  block('a', 'bogus'),
  block('a/+*', 'read'),
  block('{{identity.entity.id}}', 'read'),
  block('a\\n', 'read'),
  block('ü', 'read'),
  `# comment\n${block('a', 'read')}`,
  `${block('a', 'read')}x`,
  block('a', 'read').replace('\n}', '\n  comment = "x"\n}'),
  block('a', 'read').replaceAll('\n', '\r\n'),
  '',
];

describe.each(all)('plain blocks of %s', (server) => {
  it.each(plain)('are read as the complete parser reads them: %j', (text) => {
    // A comment at the end makes the text one for the complete parser, and moves nothing.
    expect(plainStanzas(text, server)).toEqual(parsePolicy('p', `${text} # not plain`, server).stanzas);
    expect(plainStanzas(`${text} # not plain`, server)).toBeUndefined();
  });

  it.each(others)('are not: %j', (text) => {
    expect(plainStanzas(text, server)).toBeUndefined();
  });
});
