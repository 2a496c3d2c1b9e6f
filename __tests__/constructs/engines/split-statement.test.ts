import { asSent } from '../../../constructs/engines/split-statement';

const create = `CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}'`;
const block = `${create};\nDO $do$ BEGIN EXECUTE 'GRANT a TO "{{name}}"; RESET ROLE'; END; $do$`;

/** What the server makes of a text: it decodes base64, then JSON, or splits at semicolons. */
function run(text: string): string[] {
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0;
  const decoded = isBase64 ? Buffer.from(text, 'base64').toString() : text;
  const pieces = decoded.startsWith('[') ? (JSON.parse(decoded) as string[]) : decoded.split(';');
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}

describe('a statement as it is sent', () => {
  it.each([
    ['one', create],
    ['several', `${create}; GRANT a TO "{{name}}";`],
    ['a block, which the server does not split', block],
    ['a list in JSON', JSON.stringify([create, "SELECT ';'"])],
  ])('is unchanged if it is %s', (_, text) => {
    expect(asSent('postgresql', text)).toBe(text);
  });

  it('has no line break at its end, which the server removes', () => {
    expect(asSent('postgresql', `${create}\n`)).toBe(create);
    expect(asSent('mysql', `\n${create} \n`)).toBe(create);
  });

  it.each([
    ['postgresql', [create, `COMMENT ON ROLE "{{name}}" IS 'made; do not touch'`]],
    ['postgresql', [`COMMENT ON ROLE x IS 'it''s; END'`, 'SELECT 1']],
    ['postgresql', [`SELECT E'it\\'s; x', $a$ ; $b$ ; $a$`, 'SELECT 2']],
    ['postgresql', [`SELECT 1 -- this; that\n, 2`, `SELECT /* a;\n b */ "c;d"`]],
    ['mysql', [`DO 'it\\'s; x'`, 'DO `a;b`', `DO "c;d" # e; f\n, 1`]],
  ] as const)('of %s runs as %j', (plugin, statements) => {
    const sent = asSent(plugin, statements.join(';\n'));
    expect(run(sent)).toEqual(statements);
    expect(sent).not.toMatch(/\bEND\b/);
  });
});
