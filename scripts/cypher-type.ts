/**
 * The types that a Cypher file's header may name, and their TypeScript form:
 *
 *   type   = name | "List<" type ">" | "{" field ("," field)* "}"   followed by "?" where it may be null
 *   field  = identifier ":" type
 *   name   = String | Int | Float | Boolean | Bytes | Map | Any
 */
import type { CypherType, ScalarName } from '../src/store/statement.js';

const TYPESCRIPT: Readonly<Record<ScalarName, string>> = {
  String: 'string',
  Int: 'number',
  Float: 'number',
  Boolean: 'boolean',
  Bytes: 'Uint8Array',
  Map: 'Readonly<Record<string, unknown>>',
  Any: 'unknown',
};

const TOKEN = /[A-Za-z_]\w*|\S/g;

/** Parses one type; throws an `Error` that says what was required and what came. */
export function parseCypherType(text: string): CypherType {
  const tokens: string[] = text.match(TOKEN) ?? [];
  const type = parseType(tokens);
  if (tokens.length > 0)
    throw new Error(`the type must end after "${text.trim()}", but got: "${tokens.join('')}"`);
  return type;
}

/** The TypeScript type of a value of this type, in parameters as in rows. */
export function toTypeScript(type: CypherType): string {
  const bare = toTypeScriptStrict(type);
  return type.nullable === true && bare !== 'unknown' ? `${bare} | null` : bare;
}

function toTypeScriptStrict(type: CypherType): string {
  if (type.is === 'List') return `ReadonlyArray<${toTypeScript(type.of)}>`;
  if (type.is === 'Record') {
    const fields = Object.entries(type.fields).map(
      ([name, field]) => `readonly ${name}: ${toTypeScript(field)}`,
    );
    return `{ ${fields.join('; ')} }`;
  }
  return TYPESCRIPT[type.is];
}

function parseType(tokens: string[]): CypherType {
  const type = parseStrictType(tokens);
  if (tokens[0] !== '?') return type;
  tokens.shift();
  return { ...type, nullable: true };
}

function parseStrictType(tokens: string[]): CypherType {
  const token = tokens.shift() ?? '';
  if (token === '{') return { is: 'Record', fields: parseFields(tokens) };
  if (token === 'List') {
    expect(tokens, '<');
    const of = parseType(tokens);
    expect(tokens, '>');
    return { is: 'List', of };
  }
  if (Object.hasOwn(TYPESCRIPT, token)) return { is: token as ScalarName };
  throw new Error(
    `a type must be ${Object.keys(TYPESCRIPT).join(', ')}, List<…> or {…}, but got: "${token}"`,
  );
}

function parseFields(tokens: string[]): Record<string, CypherType> {
  const fields: Record<string, CypherType> = {};
  do {
    const name = tokens.shift() ?? '';
    if (!/^[A-Za-z_]\w*$/.test(name) || Object.hasOwn(fields, name)) {
      throw new Error(`a field must have a name of its own, but got: "${name}"`);
    }
    expect(tokens, ':');
    fields[name] = parseType(tokens);
  } while (tokens[0] === ',' && tokens.shift() !== undefined);
  expect(tokens, '}');
  return fields;
}

function expect(tokens: string[], wanted: string): void {
  const token = tokens.shift() ?? '';
  if (token !== wanted) throw new Error(`a type must go on with "${wanted}", but got: "${token}"`);
}
