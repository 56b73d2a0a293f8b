/** The registered operations: the manifest file that `PEDIGREE_OPERATIONS` names. */
import { hash } from 'node:crypto';
import { z } from 'zod';
import { RegisteredOperations } from '../access/registered-operations.js';
import { PedigreeError, required } from '../domain/errors.js';
import { parseStrictJson } from '../domain/json.js';
import type { Config } from './config.js';
import { checkSyntax } from '../graphql/document-limits.js';
import { readSettingsFile } from './settings-file.js';

/** As `@apollo/generate-persisted-query-manifest` writes it. */
const Manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), body: z.string() })),
});

/** Error: `CONFIGURATION`, naming the member or the operation that is wrong. */
export function readOperations({ operations, operationsOnly }: Config): RegisteredOperations {
  if (operations === undefined && operationsOnly !== 'nobody') {
    throw new PedigreeError(
      'CONFIGURATION',
      `PEDIGREE_OPERATIONS_ONLY may be "${operationsOnly}" only if PEDIGREE_OPERATIONS names the registered operations`,
    );
  }
  return new RegisteredOperations(operations === undefined ? [] : textsIn(operations), operationsOnly);
}

function textsIn(path: string): string[] {
  const file = { path, what: 'the operations', variable: 'PEDIGREE_OPERATIONS' };
  return readSettingsFile({ ...file, form: 'a persisted query manifest' }, (content) => {
    const manifest = Manifest.parse(parseStrictJson(content));
    return manifest.operations.map(({ id, name, body }) => {
      checkSyntax(body);
      if (hash('sha256', body) === id) return body;
      throw new Error(required(`the id of ${name} must be SHA-256 of its body, in hex`, id));
    });
  });
}
