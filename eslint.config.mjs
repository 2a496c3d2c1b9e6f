import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

import { layers } from './layers.mjs';

// The root of a prebuilt provider loads every resource it has: provider-aws costs 17 s and 1.4 GB.
const providerRoots = {
  regex: '^@cdktf/provider-[^/]+(/lib/?)?$',
  message: 'Import the one resource: @cdktf/provider-vault/lib/policy.',
};

const zones = Object.entries(layers).map(([layer, others]) => ({
  target: `./${layer}`,
  from: '.',
  except: [layer, ...others, 'node_modules'],
  message: `${layer} may import ${others.join(', ') || 'nothing but itself'}: see layers.mjs.`,
}));

export default tseslint.config(
  { ignores: ['node_modules/', '.build/', 'cdktf.out/', 'coverage/'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [createTypeScriptImportResolver()],
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/member-ordering': [
        'error',
        {
          default: {
            memberTypes: [
              'public-static-field',
              'private-static-field',
              'public-static-method',
              'private-static-method',
              'public-instance-field',
              'protected-instance-field',
              'private-instance-field',
              'constructor',
              'public-instance-method',
              'protected-instance-method',
              'private-instance-method',
            ],
          },
        },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-duplicates': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      'import-x/order': [
        'error',
        {
          alphabetize: { order: 'asc', caseInsensitive: true },
          groups: ['builtin', 'external', ['parent', 'sibling', 'index']],
          'newlines-between': 'always',
        },
      ],
      'max-lines': ['error', { max: 320 }],
      'no-console': 'error',
      'no-restricted-imports': ['error', { patterns: [providerRoots] }],
    },
  },
  {
    // Constructs, stacks and agents are pure: their output depends on their input alone.
    files: ['agents/**/*.ts', 'constructs/**/*.ts', 'stacks/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process'],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date']", message: 'Constructs do not read the clock.' },
        { selector: "CallExpression[callee.object.name='Date']", message: 'Constructs do not read the clock.' },
      ],
      'no-restricted-imports': [
        'error',
        { paths: ['fs', 'node:fs', 'node:fs/promises', 'node:process', 'process'], patterns: [providerRoots] },
      ],
    },
  },
  {
    files: ['cli/**/*.ts', 'bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
);
