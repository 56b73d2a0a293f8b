/**
 * One Cypher file: its typed header and its text, with everything that can be checked without a database.
 *
 *   // Why the statement is written the way it is, in at least one sentence.
 *   // @mode read | write
 *   // @param name Type        one for each $name of the text; types: see cypher-type.ts
 *   // @returns column Type    one for each column
 *   // @plan Operator          EXPLAIN must show this operator; "!Operator" forbids it
 *   MATCH …
 *
 * A type whose brackets are still open goes on in the next comment line.
 */
import type { CypherType } from '../src/store/statement.js';
import { parseCypherType } from './cypher-type.js';

export interface CypherFile {
  /** `lineage/walk-upstream`. */
  readonly name: string;
  readonly mode: 'read' | 'write';
  readonly params: Readonly<Record<string, CypherType>>;
  readonly columns: Readonly<Record<string, CypherType>>;
  readonly plan: readonly string[];
  /** The header's free lines. */
  readonly why: readonly string[];
  readonly text: string;
}

export interface ParsedCypherFile {
  readonly file: CypherFile;
  /** Each with the line it is about, as `3: what was required, but got: …`; empty when all is well. */
  readonly problems: readonly string[];
}

interface Draft {
  mode: string | undefined;
  readonly params: Record<string, CypherType>;
  readonly columns: Record<string, CypherType>;
  readonly plan: string[];
  readonly why: string[];
}

type Report = (line: number, message: string) => void;

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*\/[a-z][a-z0-9]*(-[a-z0-9]+)+$/;
const SENTENCE = /\S+(\s+\S+){3,}[.!?]/;

/** Parses and checks one file; `name` is its path below `cypher/` without the ending. */
export function parseCypherFile(name: string, source: string): ParsedCypherFile {
  const problems: string[] = [];
  const report: Report = (line, message) => problems.push(`${line}: ${message}`);
  const lines = source.split('\n');
  const found = lines.findIndex((line) => !line.startsWith('//'));
  const end = found < 0 ? lines.length : found;
  const draft = readHeader(lines.slice(0, end), report);
  const text = lines.slice(end).join('\n').trim();
  if (!NAME.test(name)) report(1, `the path must be <area>/<verb-noun>.cypher, but got: "${name}.cypher"`);
  checkHeader(draft, report);
  checkText(text, draft.params, (message) => report(end + 1, message));
  return { file: { ...draft, name, mode: draft.mode === 'write' ? 'write' : 'read', text }, problems };
}

function readHeader(lines: readonly string[], report: Report): Draft {
  const draft: Draft = { mode: undefined, params: {}, columns: {}, plan: [], why: [] };
  for (let at = 0; at < lines.length; at += 1) {
    const line = at + 1;
    let content = commentOf(lines[at]);
    if (!content.startsWith('@')) {
      draft.why.push(content);
      continue;
    }
    while (hasOpenBracket(content) && isContinuation(lines[at + 1]))
      content += ` ${commentOf(lines[(at += 1)])}`;
    readDirective(content, draft, (message) => report(line, message));
  }
  return draft;
}

function commentOf(line = ''): string {
  return line.replace(/^\/\/ ?/, '').trimEnd();
}

function isContinuation(line: string | undefined): boolean {
  return line !== undefined && !commentOf(line).startsWith('@');
}

function hasOpenBracket(content: string): boolean {
  return (content.match(/[<{]/g) ?? []).length > (content.match(/[>}]/g) ?? []).length;
}

function readDirective(content: string, draft: Draft, report: (message: string) => void): void {
  const [, directive = '', rest = ''] = /^@(\w*)\s*(.*)$/.exec(content) ?? [];
  if (directive === 'param') readTyped(rest, draft.params, report);
  else if (directive === 'returns') readTyped(rest, draft.columns, report);
  else if (directive === 'plan') readPlan(rest, draft.plan, report);
  else if (directive === 'mode' && draft.mode === undefined) draft.mode = rest;
  else report(`a directive must be @param, @returns, @plan or one @mode, but got: "@${directive}"`);
}

function readTyped(rest: string, into: Record<string, CypherType>, report: (message: string) => void): void {
  const [, name = '', type = ''] = /^([A-Za-z]\w*)\s+(.+)$/.exec(rest) ?? [];
  if (name === '' || Object.hasOwn(into, name)) {
    report(`a name of its own and a type are required, but got: "${rest}"`);
    return;
  }
  try {
    into[name] = parseCypherType(type);
  } catch (error) {
    report(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readPlan(rest: string, plan: string[], report: (message: string) => void): void {
  if (/^!?[A-Za-z]+(\(\S+\))?$/.test(rest)) plan.push(rest);
  else report(`@plan must name one operator without spaces, but got: "${rest}"`);
}

function checkHeader(draft: Draft, report: Report): void {
  if (draft.mode !== 'read' && draft.mode !== 'write') {
    report(1, `the header must say "@mode read" or "@mode write", but got: "${draft.mode ?? 'no @mode'}"`);
  }
  if (!SENTENCE.test(draft.why.join(' '))) {
    report(1, 'the header must say in a sentence why the statement is written this way, but got: none');
  }
}

function checkText(text: string, params: Draft['params'], report: (message: string) => void): void {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`/g, "''");
  const used = new Set([...code.matchAll(/\$(\w+)/g)].map((match) => match[1] ?? ''));
  if (code === '') report('a statement is required, but got: an empty text');
  if (code.replace(/;\s*$/, '').includes(';')) report('one statement is required, but got: several');
  if (/;\s*$/.test(code)) report('the statement must not end with ";"');
  if (/\$(?![\w(])|\{\{/.test(code) || text.includes('${')) {
    report('parameters must be the only variable part, but got: something that looks like interpolation');
  }
  for (const name of used) {
    if (!Object.hasOwn(params, name))
      report(`$${name} must be declared with @param, but got: no declaration`);
  }
  for (const name of Object.keys(params)) {
    if (!used.has(name))
      report(`the declared parameter ${name} must be used in the text, but got: no $${name}`);
  }
}
