/** Whose tokens the server accepts beside those of its own key: the settings file of the identity providers. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { IdentityProvider, ProviderSettings } from '../access/identity-provider.js';
import { PedigreeError } from '../domain/errors.js';
import { parseStrictJson } from '../domain/json.js';
import type { Config } from './config.js';
import { describeIssues } from './issues.js';

const SettingsFile = z.strictObject({ providers: z.array(ProviderSettings).min(1) });

/**
 * Reads the file that `PEDIGREE_IDENTITY_PROVIDERS` names. Error: `CONFIGURATION`, naming each wrong member, or if nobody's
 * tokens would be accepted.
 */
export function readIdentityProviders({ identityProviders, localTokens }: Config): IdentityProvider[] {
  if (identityProviders === undefined && !localTokens) {
    throw new PedigreeError(
      'CONFIGURATION',
      'PEDIGREE_LOCAL_TOKENS may be "off" only if PEDIGREE_IDENTITY_PROVIDERS names whose tokens are accepted',
    );
  }
  const { providers } = identityProviders === undefined ? { providers: [] } : parse(identityProviders);
  return providers.map((settings) => new IdentityProvider(settings));
}

function parse(path: string): z.infer<typeof SettingsFile> {
  try {
    return SettingsFile.parse(parseStrictJson(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? describeIssues(error) : (error as Error).message;
    throw new PedigreeError(
      'CONFIGURATION',
      `the identity providers in ${path} (PEDIGREE_IDENTITY_PROVIDERS) must be as docs/access.md says: ${reason}`,
      {},
      error,
    );
  }
}
