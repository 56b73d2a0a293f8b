/**
 * Writes the types of the web interface's questions, `web/app/graphql/operations.gen.ts`: each `.graphql` file beside it
 * becomes a text that knows its variables and its answer, checked against the schema as it is served. `--check` writes
 * nothing and fails when the file is stale.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { codegen } from '@graphql-codegen/core';
import * as typedDocuments from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse } from 'graphql';

const ROOT = join(import.meta.dirname, '..');
const FOLDER = 'web/app/graphql';
const TARGET = `${FOLDER}/operations.gen.ts`;

/** How the server's scalars look in JSON. */
const SCALARS = {
  ID: 'string',
  BigInt: { input: 'string | number', output: 'string' },
  JSON: { input: 'unknown', output: 'Json' },
  PageSize: 'number',
  Timestamp: 'string',
};

const HEADER = `/* Generated from ${FOLDER}/*.graphql by \`npm run generate\`. Do not edit. */
import type { Json } from '../api/json.js';`;

async function generate(): Promise<string> {
  const documents = readdirSync(join(ROOT, FOLDER))
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => ({
      location: name,
      document: parse(readFileSync(join(ROOT, FOLDER, name), 'utf8'), { noLocation: true }),
    }));
  const schemaText = readFileSync(join(ROOT, 'docs/schema.graphql'), 'utf8');
  return codegen({
    filename: TARGET,
    schema: parse(schemaText),
    schemaAst: buildSchema(schemaText),
    documents,
    config: {
      scalars: SCALARS,
      strictScalars: false,
      enumsAsTypes: true,
      enumType: 'string-literal',
      immutableTypes: true,
      useTypeImports: true,
      skipTypename: true,
      dedupeFragments: true,
      documentMode: 'string',
    },
    plugins: [{ operations: {} }, { typedDocuments: {} }],
    pluginMap: { operations, typedDocuments },
  }).then((text) => `${HEADER}\n${text}`);
}

const made = await generate();
if (!process.argv.includes('--check')) writeFileSync(join(ROOT, TARGET), made);
else if (readFileSync(join(ROOT, TARGET), 'utf8') !== made) {
  console.error(`${TARGET} is stale: run "npm run generate" and commit it.`);
  process.exit(1);
}
