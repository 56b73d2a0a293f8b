/**
 * Writes docs/scopes.md: what each scope means, which roles carry it, and which fields of the schema ask for it, from the
 * SDL itself. `--check` writes nothing and fails when the file is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { compilePolicy, type Policy } from '../src/access/policy.js';
import { ROLE_NAMES, ROLES, SCOPES, type Scope } from '../src/access/scopes.js';
import { servedSchema } from './served-schema.js';

const TARGET = join(import.meta.dirname, '..', 'docs', 'scopes.md');

/** The scope of whoever may read anything; fields that ask for no more are not listed one by one. */
const BASE: Scope = 'READ_LINEAGE';

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}

function page(policy: Policy): string {
  const scopes = Object.entries(SCOPES).map(([scope, meaning]) => [`\`${scope}\``, meaning]);
  const roles = ROLE_NAMES.map((role) => [
    `\`${role}\``,
    ...Object.keys(SCOPES).map((scope) => ((ROLES[role] as readonly string[]).includes(scope) ? 'yes' : '–')),
  ]);
  return [
    '<!-- Generated from the SDL by `npm run generate`. Do not edit. -->\n',
    '# Scopes and roles\n',
    'A token carries roles, a role carries scopes, and every field of the schema asks for scopes. How tokens come about: [access.md](access.md).\n',
    '## Scopes\n',
    table(['scope', 'lets one'], scopes),
    '## Roles\n',
    table(['role', ...Object.keys(SCOPES).map((scope) => `\`${scope}\``)], roles),
    '## Fields\n',
    `Every field asks for \`${BASE}\`, but for these:\n`,
    table(['field', 'asks for'], exceptions(policy)),
  ].join('\n');
}

function exceptions(policy: Policy): string[][] {
  return [...policy]
    .flatMap(([type, fields]) =>
      [...fields].map(([field, requirement]) => [
        `\`${type}.${field}\``,
        [...new Set(requirement.map((anyOf) => anyOf.map((scope) => `\`${scope}\``).join(' or ')))].join(
          ' and ',
        ),
      ]),
    )
    .filter(([, asks]) => asks !== `\`${BASE}\``)
    .sort(([a = ''], [b = '']) => a.localeCompare(b, 'en'));
}

const text = page(compilePolicy(await servedSchema()));
if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, text);
} else if (readFileSync(TARGET, 'utf8') !== text) {
  console.error('docs/scopes.md is stale: run "npm run generate" and commit the result.');
  process.exitCode = 1;
}
