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

/** What a grant opens, too; fields that ask for no more are not listed one by one. */
const BASE = asks(['READ_LINEAGE', 'READ_GRANTED']);

function asks(anyOf: readonly Scope[]): string {
  return anyOf.map((scope) => `\`${scope}\``).join(' or ');
}

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
    'A token carries roles, a role carries scopes, and every field of the schema asks for scopes. How tokens come about: [access.md](access.md). The token of a grant carries no role: it has `READ_GRANTED`, and `READ_PERSONAL` if the grant says so ([grants.md](grants.md)).\n',
    '## Scopes\n',
    table(['scope', 'lets one'], scopes),
    '## Roles\n',
    table(['role', ...Object.keys(SCOPES).map((scope) => `\`${scope}\``)], roles),
    '## Fields\n',
    `Every field asks for ${BASE}, but for these (\`*\` stands for all fields of a type):\n`,
    table(['field', 'asks for'], exceptions(policy)),
  ].join('\n');
}

/** A type whose fields all ask for the same is one row. */
function exceptions(policy: Policy): string[][] {
  return [...policy]
    .flatMap(([type, fields]) => {
      const rows = [...fields].map(([field, requirement]) => [
        `\`${type}.${field}\``,
        [...new Set(requirement.map(asks))].join(' and '),
      ]);
      const [first] = rows;
      const isUniform = rows.length > 1 && new Set(rows.map(([, asked]) => asked)).size === 1;
      return isUniform && first ? [[`\`${type}.*\``, first[1] ?? '']] : rows;
    })
    .filter(([, asked]) => asked !== BASE)
    .sort(([a = ''], [b = '']) => a.localeCompare(b, 'en'));
}

const text = page(compilePolicy(await servedSchema()));
if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, text);
} else if (readFileSync(TARGET, 'utf8') !== text) {
  console.error('docs/scopes.md is stale: run "npm run generate" and commit the result.');
  process.exitCode = 1;
}
