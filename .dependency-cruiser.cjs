/** DESIGN §8: which folder may import which. Everything that is not listed is forbidden. */
const CORE = ['domain', 'ledger', 'verify', 'access', 'store', 'capture', 'lineage', 'governance'];

const MAY_IMPORT = {
  domain: [],
  ledger: ['domain'],
  // Runs in browsers too: nothing that needs Node (see verify-runs-in-browsers).
  verify: ['domain', 'ledger'],
  access: ['domain'],
  store: ['domain', 'ledger'],
  capture: ['domain', 'ledger', 'store'],
  lineage: ['domain', 'access', 'store'],
  governance: ['domain', 'access', 'ledger', 'verify', 'store', 'lineage', 'capture'],
  graphql: CORE,
  http: [...CORE, 'graphql'],
  neo4j: ['domain'],
  sdk: ['domain', 'ledger'],
  // The command line is a user of the SDK; the server is started lazily (see only-cli-starts-the-app).
  cli: ['domain', 'ledger', 'verify', 'sdk', 'app'],
  // The composition root: configuration, start order, stop.
  app: [...CORE, 'graphql', 'http', 'neo4j', 'sdk'],
};

/** Packages that belong to one layer; benchmarks and tests may look behind it. */
const ONLY_IN = {
  'neo4j-driver': { packages: ['neo4j-driver'], folders: ['src/store', 'bench', 'test', 'scripts'] },
  graphql: {
    packages: [
      'graphql',
      'graphql-[^/]+',
      '@graphql-tools/[^/]+',
      '@apollo/[^/]+',
      '@neo4j/graphql',
      'dataloader',
    ],
    // access reads the policy out of the SDL, http mounts the endpoint, a script lints the SDL.
    folders: ['src/graphql', 'src/access', 'src/http', 'web', 'bench', 'test', 'scripts'],
  },
  express: { packages: ['express', '@as-integrations/[^/]+'], folders: ['src/http', 'bench', 'test'] },
};

const folderRules = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `${folder}-imports`,
  comment: `src/${folder} may import of ours: ${allowed.join(', ') || 'nothing'}.`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: `^src/(${[folder, ...allowed].join('|')})/` },
}));

const packageRules = Object.entries(ONLY_IN).map(([name, { packages, folders }]) => ({
  name: `${name}-only-in-its-layer`,
  comment: `${name} may be imported in: ${folders.join(', ')}.`,
  severity: 'error',
  from: { pathNot: `^(${folders.join('|')})/` },
  to: { path: `node_modules/(${packages.join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...folderRules,
    ...packageRules,
    {
      name: 'known-folder',
      comment: 'A new folder of src/ needs a line in the table first.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${Object.keys(MAY_IMPORT).join('|')})/` },
      to: {},
    },
    {
      name: 'only-cli-starts-the-app',
      comment: 'The server’s code is loaded only by the commands that serve: by dynamic import.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/app/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    {
      name: 'product-does-not-import-its-surroundings',
      comment: 'Only the command "demo" reaches out of src/, by dynamic import.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^(demo|bench|test|scripts|web)/' },
    },
    {
      name: 'cli-imports-the-demo-only',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^(demo|bench|test|scripts|web)/', pathNot: '^demo/' },
    },
    {
      name: 'cli-imports-the-demo-lazily',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^demo/', dependencyTypesNot: ['dynamic-import'] },
    },
    {
      name: 'demo-uses-the-public-door',
      comment: 'The demo is what a user could write: it talks through the SDK.',
      severity: 'error',
      from: { path: '^demo/' },
      to: { path: '^(src|bench|test|scripts|web)/', pathNot: '^src/sdk/' },
    },
    {
      name: 'web-imports-nothing-of-the-server',
      comment: 'But the verifier: it is made for browsers.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|demo|bench|test|scripts)/', pathNot: '^src/verify/index' },
    },
    {
      name: 'verify-runs-in-browsers',
      comment: 'The verifier is built for browsers: what it reaches may not use a module of Node.',
      severity: 'error',
      from: { path: '^src/verify/' },
      to: { reachable: true, path: '^(node:|crypto$|buffer$|fs$)' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolved-imports',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, path: '.', pathNot: '\\?(worker|url)$|^@graphql-typed-document-node/' },
    },
    {
      name: 'product-uses-dependencies-only',
      comment: 'A development dependency is not there where the product runs.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
