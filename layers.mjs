/**
 * Which folder may import which, lowest first. ESLint enforces it, and a test compares it with the table in CONTRIBUTING.md.
 * Every folder may also import itself. `main.ts` stands for the files in the root; tests may import everything.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const layers = {
  access: [],
  model: [],
  client: ['model'],
  files: ['model'],
  constructs: ['model'],
  stacks: ['constructs', 'model'],
  synthesis: ['access', 'files', 'model', 'stacks'],
  agents: ['model'],
  operations: ['client', 'files', 'model'],
  local: ['client', 'constructs', 'files', 'model', 'synthesis'],
  rehearsal: ['access', 'client'],
  cli: ['access', 'agents', 'client', 'files', 'local', 'model', 'operations', 'rehearsal', 'stacks', 'synthesis'],
  bench: ['access', 'cli', 'client', 'local', 'model', 'stacks', 'synthesis'],
  examples: ['agents', 'cli', 'client', 'files', 'local', 'model'],
  'main.ts': ['cli', 'model', 'synthesis'],
};
