import { servers, type Server } from '../servers';
import { Attributes } from './attributes';
import { checkKeys } from './check-keys';
import { normalizeLines, parseSyntax } from './hcl/parse-syntax';
import { Source } from './hcl/source';
import { StanzaParser } from './parse-stanza';
import { plainStanzas } from './plain-stanzas';
import { PolicyError, type Policy } from './policy';

const noTemplateValues = { wildcards: false, slashes: false };

/**
 * Parses a policy text as a server does: HCL 1, or JSON if it starts with `{`. The policy `root` has no text. A stanza that has expired is
 * kept and checked like any other, because there is no clock here; OpenBao skips it and its errors.
 *
 * @throws PolicyError if the server refuses the text, with line and column
 */
export const parsePolicy = (name: string, text: string, server: Server): Policy => {
  if (name === 'root') {
    return { name, stanzas: [], isRoot: true, templateValues: noTemplateValues };
  }
  if (text === '') {
    throw new PolicyError('the text is empty: a policy needs at least a comment', { line: 1, column: 1 });
  }
  const plain = plainStanzas(text, server);
  if (plain !== undefined) return { name, stanzas: plain, isRoot: false, templateValues: noTemplateValues };
  const source = new Source(normalizeLines(text));
  const items = parseSyntax(source, servers[server].refusesRepeatedAttributes);
  checkKeys(source, items, ['name', 'path'], 'policy');
  new Attributes(source, items).text('name');
  const parser = new StanzaParser(source, server);
  const stanzas = items.filter(({ keys }) => keys[0]?.text === 'path').map((item) => parser.parse(item));
  return { name, stanzas, isRoot: false, templateValues: noTemplateValues };
};
