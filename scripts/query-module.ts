/** Writes the generated module: one constant and two interfaces for each Cypher file. */
import type { CypherType } from '../src/store/statement.js';
import type { CypherFile } from './cypher-file.js';
import { toTypeScript } from './cypher-type.js';

const PREAMBLE = `// Generated from cypher/ by \`npm run generate\`. Do not edit: \`npm run check\` compares it with its source.
import type { Statement } from './statement.js';
`;

/** The text of `src/store/queries.gen.ts`; the order of `files` does not matter. */
export function toQueryModule(files: readonly CypherFile[]): string {
  const sorted = files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const names = sorted.map((file) => `  ${constantName(file)},\n`);
  return [
    PREAMBLE,
    ...sorted.map(toDeclarations),
    `export const QUERIES = [\n${names.join('')}] as const;\n`,
  ].join('\n');
}

function toDeclarations(file: CypherFile): string {
  const constant = constantName(file);
  const type = constant.charAt(0).toUpperCase() + constant.slice(1);
  const why = file.why.map((line) => ` * ${line}`.trimEnd().replaceAll('*/', '*\\/')).join('\n');
  return [
    toInterface(`${type}Params`, file.params),
    toInterface(`${type}Row`, file.columns),
    `/**\n${why}\n */\nexport const ${constant}: Statement<${type}Params, ${type}Row> = {`,
    `  name: '${file.name}',\n  mode: '${file.mode}',`,
    `  params: ${JSON.stringify(file.params)},`,
    `  columns: ${JSON.stringify(file.columns)},`,
    `  plan: ${JSON.stringify(file.plan)},`,
    `  text: \`${file.text.replace(/[\\`]|\$\{/g, (found) => `\\${found}`)}\`,\n};\n`,
  ].join('\n');
}

function toInterface(name: string, fields: Readonly<Record<string, CypherType>>): string {
  const members = Object.entries(fields).map(
    ([field, type]) => `  readonly ${field}: ${toTypeScript(type)};\n`,
  );
  if (members.length === 0) return `export type ${name} = Readonly<Record<never, never>>;\n`;
  return `export interface ${name} {\n${members.join('')}}\n`;
}

function constantName(file: CypherFile): string {
  return file.name.replace(/[/-]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
