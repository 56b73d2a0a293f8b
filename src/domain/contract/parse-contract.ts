/**
 * The Open Data Contract Standard, version 3, as rules that can be checked (https://bitol-io.github.io/open-data-contract-standard/).
 * Read are `schema`, `quality` and the freshness among `slaProperties`; prices, teams and servers are kept in the document.
 */
import { PedigreeError, required } from '../errors.js';
import type { JsonObject } from '../json.js';
import { numberIn, own } from './bounds.js';
import { columnRules, objectIn } from './column-rules.js';
import type { Contract, Rule } from './contract.js';
import { qualityRules } from './quality-rules.js';

type Member = Readonly<Record<string, unknown>>;

/**
 * One table of a contract.
 *
 * @param table its name; may be left out if there is one table only
 * Errors: `BAD_INPUT`, naming the member and what it must be.
 *
 * @example parseContract({ apiVersion: 'v3.1.0', kind: 'DataContract', id: 'loans', version: '1.0.0', status: 'active',
 *   schema: [{ name: 'loans', properties: [{ name: 'ratio', logicalType: 'number', required: true }] }] })
 */
export function parseContract(document: unknown, table?: string): Contract {
  const root = requireObject(document);
  const schema = tableOf(tablesOf(root), table);
  const name = textIn(schema.member, 'name', schema.where);
  const properties = listIn(schema.member, 'properties', schema.where);
  const columns = properties.map((property, i) =>
    columnIn(property, `${schema.where}/properties/${String(i)}`),
  );
  const repeated = columns.find((one, i) => columns.findIndex((other) => other.name === one.name) < i);
  if (repeated) {
    throw new PedigreeError(
      'BAD_INPUT',
      required(`${schema.where} must name each column once`, repeated.name),
    );
  }
  const whole = qualityRules(schema.member.quality, undefined, `${schema.where}/quality`);
  const key = keyOf(properties as Member[]);
  const fresh = freshness(
    root,
    name,
    columns.map((column) => column.name),
  );
  return {
    name: typeof root.name === 'string' && root.name !== '' ? root.name : textIn(root, 'id', 'the contract'),
    version: textIn(root, 'version', 'the contract'),
    table: name,
    columns: columns.map(({ name: column, type }) => ({ name: column, type })),
    key,
    rules: [...columns.flatMap(({ rules }) => rules), ...keyRule(key), ...whole.rules, ...fresh.rules],
    notChecked: [
      ...columns.flatMap(({ notChecked }) => notChecked),
      ...whole.notChecked,
      ...fresh.notChecked,
    ],
    document: root as JsonObject,
  };
}

/** Parses every table. Errors: as above. */
export function parseTables(document: unknown): Contract[] {
  return tablesOf(requireObject(document)).map(({ member, where }) =>
    parseContract(document, textIn(member, 'name', where)),
  );
}

function requireObject(document: unknown): Member {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new PedigreeError('BAD_INPUT', required('a contract must be an object', document));
  }
  const root = document as Member;
  if (typeof root.apiVersion === 'string' && /^v?3\./.test(root.apiVersion) && root.kind === 'DataContract')
    return root;
  throw new PedigreeError(
    'BAD_INPUT',
    required('a contract must have "kind" DataContract and an "apiVersion" v3.…', {
      kind: root.kind,
      apiVersion: root.apiVersion,
    }),
  );
}

interface Placed {
  readonly member: Member;
  readonly where: string;
}

function tablesOf(root: Member): Placed[] {
  const tables = listIn(root, 'schema', '').map((table, i) => {
    const where = `schema/${String(i)}`;
    return { member: objectIn(table, where), where };
  });
  if (tables.length > 0) return tables;
  throw new PedigreeError('BAD_INPUT', required('schema must have a table', tables));
}

function tableOf(tables: readonly Placed[], name: string | undefined): Placed {
  const names = tables.map(({ member }) => String(member.name));
  const found = name === undefined && tables.length === 1 ? tables[0] : tables[names.indexOf(name ?? '')];
  if (found) return found;
  throw new PedigreeError('BAD_INPUT', required(`a table must be named, one of ${names.join(', ')}`, name));
}

function columnIn(property: unknown, where: string) {
  const member = objectIn(property, where);
  const name = textIn(member, 'name', where);
  const own = columnRules(name, member, where);
  const quality = qualityRules(member.quality, name, `${where}/quality`);
  return {
    name,
    type: own.type,
    rules: [...own.rules, ...quality.rules],
    notChecked: [...own.notChecked, ...quality.notChecked],
  };
}

function keyOf(properties: readonly Member[]): string[] {
  const position = ({ primaryKeyPosition }: Member): number =>
    typeof primaryKeyPosition === 'number' && primaryKeyPosition > 0 ? primaryKeyPosition : Infinity;
  return properties
    .filter(({ primaryKey }) => primaryKey === true)
    .sort((a, b) => (position(a) === position(b) ? 0 : position(a) - position(b)))
    .map(({ name }) => String(name));
}

function keyRule(columns: readonly string[]): Rule[] {
  if (columns.length === 0) return [];
  const bounds = { text: 'must be 0', hold: (value: number) => value === 0 };
  const text = `the key ${columns.join(', ')} is unique`;
  return [{ form: 'UNIQUE', columns, text, unit: 'rows', bounds, advisory: false }];
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ...{ s: 1_000, second: 1_000, seconds: 1_000 },
  ...{ m: 60_000, min: 60_000, minute: 60_000, minutes: 60_000 },
  ...{ h: 3_600_000, hr: 3_600_000, hour: 3_600_000, hours: 3_600_000 },
  ...{ d: 86_400_000, day: 86_400_000, days: 86_400_000 },
};

/** `latency`, the standard's word for freshness, of a column of this table; the others are duties of an operation. */
function freshness(
  root: Member,
  table: string,
  columns: readonly string[],
): { rules: Rule[]; notChecked: string[] } {
  const rules: Rule[] = [];
  const notChecked: string[] = [];
  (root.slaProperties === undefined ? [] : listIn(root, 'slaProperties', '')).forEach((sla, i) => {
    const where = `slaProperties/${String(i)}`;
    const { property, value, unit, element } = objectIn(sla, where);
    const [column = '', ofTable = table] = textOf(element).split('.').reverse();
    if (!['latency', 'ly', 'freshness'].includes(String(property)) || element === undefined) {
      notChecked.push(`service level: ${String(property)}`);
    } else if (ofTable === table) {
      const unitMs = own(UNIT_MS, String(unit));
      if (unitMs === undefined) {
        throw new PedigreeError('BAD_INPUT', required(`${where}/unit must be one of s, m, h, d`, unit));
      }
      if (!columns.includes(column)) {
        throw new PedigreeError('BAD_INPUT', required(`${where}/element must name a column`, element));
      }
      const amount = numberIn(value, `${where}/value`);
      const text = `the newest is at most ${String(amount)} ${String(unit)} old`;
      rules.push({ form: 'FRESHNESS', column, text, maxAgeMs: amount * unitMs, advisory: false });
    }
  });
  return { rules, notChecked };
}

function listIn(member: Member, name: string, where: string): unknown[] {
  const list = member[name];
  if (Array.isArray(list)) return list;
  const path = where === '' ? name : `${where}/${name}`;
  throw new PedigreeError('BAD_INPUT', required(`${path} must be a list`, list));
}

function textIn(member: Member, name: string, where: string): string {
  const text = member[name];
  if (typeof text === 'string' && text !== '') return text;
  throw new PedigreeError('BAD_INPUT', required(`${where}/${name} must be text`, text));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
