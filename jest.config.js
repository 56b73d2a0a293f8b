/**
 * Two projects: `unit` needs nothing, `database` gets a real Neo4j of its own (see test/support/start-neo4j.js), which
 * is started only when a test of that project runs.
 *
 * One worker, because Neo4j Community has one database and every file of `database` begins with it empty; the second
 * core is the database's. The memory limit makes Jest use a child process all the same and renew it between files when
 * it has grown: ESM modules loaded into a test's context are not freed with it.
 */
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  moduleFileExtensions: ['ts', 'js', 'json', 'node'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

export default {
  maxWorkers: 1,
  workerIdleMemoryLimit: '1GB',
  testTimeout: 30_000,
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/test/{unit,contract}/**/*.test.ts'] },
    {
      ...common,
      displayName: 'database',
      testMatch: ['<rootDir>/test/{integration,e2e}/**/*.test.ts'],
      globalSetup: '<rootDir>/test/support/start-neo4j.js',
      globalTeardown: '<rootDir>/test/support/stop-neo4j.js',
    },
  ],
};
