import js from '@eslint/js';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/** Lint is strict and without warnings; a rule that is relaxed below says why. */
const shape = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
  'no-restricted-exports': [
    'error',
    { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } },
  ],
  // "== null" asks for null and undefined at once.
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-console': 'error',
};

/** Cypher lives in cypher/, where it is typed, checked and explained: never in a string of ours. */
const CYPHER = String.raw`/(^|\s)(OPTIONAL MATCH|MATCH|MERGE|UNWIND|CREATE|RETURN|CALL)\s*[({$]|^\s*(MATCH|MERGE|UNWIND)\s/`;
const noCypher = {
  'no-restricted-syntax': [
    'error',
    ...[`Literal[value=${CYPHER}]`, `TemplateElement[value.raw=${CYPHER}]`].map((selector) => ({
      selector,
      message: 'Put the statement into cypher/<area>/<verb-noun>.cypher and run "npm run generate".',
    })),
  ],
};

const typescript = {
  // neo4j-driver declares its bags of options as classes.
  '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
  // Asks for the "!" that no-non-null-assertion forbids.
  '@typescript-eslint/non-nullable-type-assertion-style': 'off',
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  // A number in a message needs no String().
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  // () => void doIt() and () => doIt() mean the same where nobody looks at the result.
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
};

/** No expression takes more than linear work on what it does not match: whoever sends a text cannot hold the server up with it. */
const linear = {
  plugins: { regexp },
  rules: {
    'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
    'regexp/no-super-linear-move': ['error', { report: 'potential' }],
  },
};

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', '.data/', '.pedigree/', '**/*.gen.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: typescript,
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        globalThis: 'readonly',
        module: 'readonly',
      },
    },
  },
  { rules: shape },
  { files: ['src/**/*.ts', 'web/app/**/*.{ts,tsx}'], ...linear },
  { files: ['src/**/*.ts'], rules: noCypher },
  // These talk to a terminal.
  {
    files: ['src/cli/**', 'demo/**', 'bench/**', 'scripts/**', 'test/torture/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**'],
    rules: {
      // A describe block is as long as its cases.
      'max-lines-per-function': 'off',
      // A test knows what its fixture holds.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  // A GraphQL answer has the shape of its query, which stands beside it in the test.
  {
    files: ['test/{integration,e2e}/**', 'test/support/server.ts'],
    rules: Object.fromEntries(
      ['no-unsafe-assignment', 'no-unsafe-call', 'no-unsafe-member-access', 'no-unsafe-return']
        .concat('no-unsafe-argument', 'restrict-plus-operands')
        .map((rule) => [`@typescript-eslint/${rule}`, 'off']),
    ),
  },
  // Their tools ask for a default export.
  {
    files: ['*.config.js', 'web/**/vite.config.js', 'test/support/*.js'],
    rules: { 'no-restricted-exports': 'off' },
  },
);
