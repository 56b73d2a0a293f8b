/**
 * Every type, field, argument, input field and enum value in `schema/` must have a description: the SDL is the manual
 * that a frontend engineer reads in GraphiQL.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { type ASTNode, type NameNode, type StringValueNode, parse, visit } from 'graphql';

const SCHEMA = join(import.meta.dirname, '../schema');

/** The kinds of node that carry a description; the others with a name here only place their members. */
const DESCRIBED = /^(\w+Type|Directive|Field|InputValue|EnumValue)Definition$/;
const NAMED = /(Definition|TypeExtension)$/;

type Definition = ASTNode & { readonly name?: NameNode; readonly description?: StringValueNode };

function undescribed(file: string): string[] {
  const found: string[] = [];
  const path: string[] = [];
  visit(parse(readFileSync(join(SCHEMA, file), 'utf8')), {
    enter(node) {
      if (!NAMED.test(node.kind)) return;
      const { name, description } = node as Definition;
      path.push(name?.value ?? node.kind);
      if (!DESCRIBED.test(node.kind) || (description?.value ?? '').trim() !== '') return;
      found.push(`schema/${file}:${node.loc?.startToken.line ?? 0}: ${path.join('.')} has no description`);
    },
    leave(node) {
      if (NAMED.test(node.kind)) path.pop();
    },
  });
  return found;
}

const problems = readdirSync(SCHEMA, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.graphql'))
  .flatMap(undescribed);

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
