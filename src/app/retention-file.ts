/** The retention rules: the file that `PEDIGREE_RETENTION` names. */
import { hash } from 'node:crypto';
import { z } from 'zod';
import { parseStrictJson } from '../domain/json.js';
import { ENTRY_KINDS } from '../domain/kinds.js';
import { parsePeriod } from '../domain/period.js';
import { SENSITIVITIES, type RetentionRules } from '../governance/retention/rules.js';
import type { Config } from './config.js';
import { readSettingsFile } from './settings-file.js';

const name = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, 'must be 1 to 64 of a-z, 0-9, "." and "-"');
const text = z.string().trim().min(1).max(500);
const period = z.string().transform((written, context) => {
  try {
    return parsePeriod(written);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

const Rule = z
  .strictObject({
    id: name,
    kinds: z.array(z.enum(ENTRY_KINDS)).min(1).optional(),
    classifications: z.array(z.enum(SENSITIVITIES)).min(1).optional(),
    namespaces: z.array(text).min(1).optional(),
    keepFor: period.optional(),
    eraseAfter: period.optional(),
    basis: text,
    purpose: text.optional(),
  })
  .refine((rule) => rule.keepFor !== undefined || rule.eraseAfter !== undefined, {
    message: 'keepFor or eraseAfter is required',
  })
  .refine((rule) => (rule.keepFor === undefined) === (rule.purpose === undefined), {
    message:
      'purpose is required with keepFor, and only there: what values may be read for while they must be kept',
  });

const RulesFile = z.strictObject({
  format: z.literal('pedigree-retention/1'),
  version: text,
  rules: z
    .array(Rule)
    .max(1_000)
    .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, {
      message: 'each rule must have an id of its own',
    }),
});

/** No rules without a file. Error: `CONFIGURATION`, naming each wrong member. */
export function readRetentionRules({ retention: path }: Config): RetentionRules {
  if (path === undefined) return { version: '', digest: '', items: [] };
  const file = { path, what: 'the retention rules', variable: 'PEDIGREE_RETENTION' };
  return readSettingsFile({ ...file, form: 'as docs/retention.md says' }, (content) => {
    const { version, rules } = RulesFile.parse(parseStrictJson(content));
    return { version, digest: hash('sha256', content), items: rules };
  });
}
