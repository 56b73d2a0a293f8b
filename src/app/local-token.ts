/** Tokens of the local development key, for whoever can read the key folder. */
import { existsSync } from 'node:fs';
import { isRole, ROLE_NAMES } from '../access/scopes.js';
import { LocalTokens } from '../access/token-keys.js';
import { PedigreeError, required } from '../domain/errors.js';
import { readConfig } from './config.js';

interface LocalTokenRequest {
  readonly role: string;
  readonly name: string;
  readonly namespaces: readonly string[];
  /** Seconds. */
  readonly lifetime: number;
}

/** Errors: `BAD_INPUT` for an unknown role, `CONFIGURATION` before the server has run here. */
export async function localToken({ role, ...request }: LocalTokenRequest): Promise<string> {
  if (!isRole(role))
    throw new PedigreeError('BAD_INPUT', required(`--role must be one of ${ROLE_NAMES.join(', ')}`, role));
  const { keysDir } = readConfig(process.env);
  if (!existsSync(keysDir)) {
    throw new PedigreeError(
      'CONFIGURATION',
      `the keys in ${keysDir} are made by the first start: run "npm start" once, or set PEDIGREE_DATA_DIR`,
    );
  }
  return LocalTokens.open(keysDir).sign({ ...request, role });
}
