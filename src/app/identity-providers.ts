/** Whose tokens the server accepts beside those of its own key: the settings file of the identity providers. */
import { z } from 'zod';
import { IdentityProvider, ProviderSettings } from '../access/identity-provider.js';
import { PedigreeError } from '../domain/errors.js';
import { parseStrictJson } from '../domain/json.js';
import type { Config } from './config.js';
import { readSettingsFile } from './settings-file.js';

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
  const file = { path, what: 'the identity providers', variable: 'PEDIGREE_IDENTITY_PROVIDERS' };
  return readSettingsFile({ ...file, form: 'as docs/access.md says' }, (content) =>
    SettingsFile.parse(parseStrictJson(content)),
  );
}
