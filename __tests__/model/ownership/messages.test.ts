import { problemsOf } from './two-teams';

const statement = (rest: string): string =>
  `creationStatements: ["CREATE ROLE \\"{{name}}\\" LOGIN PASSWORD '{{password}}' ${rest}"]`;

it('a message is short, whatever a tenant asks for and whatever others have', () => {
  const entries = Array.from(
    { length: 20 },
    (_, index) => `{for: [shop], ${statement(`${'GRANT '.repeat(60)}${index}`)}}`,
  );
  const tenant = `databases:\n  books: {connection: books, kind: dynamic, ttl: 1h, ${statement('GRANT '.repeat(60))}}`;
  const devel = `  databases:\n    books:\n${entries.map((entry) => `      - ${entry}`).join('\n')}`;
  const [problem, ...others] = problemsOf({ tenant, devel });
  expect(others).toEqual([]);
  expect(problem?.fix).toContain('ownership suggest --write`, which adds an entry to `owners.databases.books` in ');
  expect(problem?.allowed).toMatch(/; … \(20 in all\)$/);
  for (const text of [problem?.given, problem?.allowed, problem?.fix]) expect(text?.length).toBeLessThan(400);
});
