/** The entries under `quality` of a table or a column: the standard's metrics, and distributions for our own engine. */
import { PedigreeError, required } from '../errors.js';
import { own, parseBounds, type Bounds } from './bounds.js';
import { matching, objectIn, oneOf } from './column-rules.js';
import type { IsBad, Rule, Unit } from './contract.js';

type Entry = Readonly<Record<string, unknown>>;

/** Where a rule stands: in the table itself if there is no column. */
interface Place {
  readonly column: string | undefined;
  readonly where: string;
}

export interface QualityRules {
  readonly rules: readonly Rule[];
  readonly notChecked: readonly string[];
}

/** Names that a rule of the version 3.0 has for the metrics of 3.1. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  duplicateCount: 'duplicateValues',
  nullCheck: 'nullValues',
  validValues: 'invalidValues',
};

/** Errors: `BAD_INPUT`, naming the member. */
export function qualityRules(quality: unknown, column: string | undefined, where: string): QualityRules {
  if (quality === undefined) return { rules: [], notChecked: [] };
  if (!Array.isArray(quality)) {
    throw new PedigreeError('BAD_INPUT', required(`${where} must be a list of rules`, quality));
  }
  const found = quality.map((entry: unknown, i) => {
    const place = { column, where: `${where}/${String(i)}` };
    const rule = objectIn(entry, place.where);
    return { rule, parsed: ruleOf(rule, place) };
  });
  return {
    rules: found.flatMap(({ parsed }) => (parsed ? [parsed] : [])),
    notChecked: found.flatMap(({ rule, parsed }) => (parsed ? [] : [nameOf(rule, column)])),
  };
}

/** Undefined for a rule that only another engine, or a person, can check. */
function ruleOf(entry: Entry, place: Place): Rule | undefined {
  const { type = 'library', engine } = entry;
  const advisory = entry.severity === 'info' || entry.severity === 'warning';
  if (type === 'custom' && engine === 'pedigree') {
    return {
      ...distribution(objectIn(entry.implementation, `${place.where}/implementation`), place),
      advisory,
    };
  }
  if (type !== 'library') return undefined;
  const given = [entry.metric, entry.rule].find((name) => typeof name === 'string') ?? '';
  const metric = own(OLD_NAMES, given) ?? given;
  const rule = own(METRICS, metric)?.(entry, place);
  if (rule) return { ...rule, advisory };
  throw new PedigreeError(
    'BAD_INPUT',
    required(`${place.where}/metric must be one of ${Object.keys(METRICS).join(', ')}`, given),
  );
}

type Stated<R = Rule> = R extends Rule ? Omit<R, 'advisory'> : never;

const METRICS: Readonly<Record<string, (entry: Entry, place: Place) => Stated>> = {
  nullValues: (entry, place) => counted(entry, place, 'null values', (value) => value === null),
  missingValues: (entry, place) => {
    const missing = new Set(listIn(entry, 'missingValues', place) ?? ['']);
    return counted(entry, place, 'missing values', (value) => value === null || missing.has(value));
  },
  invalidValues: (entry, place) => {
    const values = listIn(entry, 'validValues', place);
    const { pattern } = argumentsOf(entry, place);
    const [isIn, fits] = [
      values && oneOf(values),
      pattern === undefined ? undefined : matching(pattern, `${place.where}/arguments/pattern`),
    ];
    if (!isIn && !fits) {
      throw new PedigreeError(
        'BAD_INPUT',
        required(`${place.where}/arguments must have "validValues" or "pattern"`, entry.arguments),
      );
    }
    const text = [isIn, fits].flatMap((one) => (one ? [one.text] : [])).join(' and ');
    const isBad: IsBad = (value) => (isIn?.isBad(value) ?? false) || (fits?.isBad(value) ?? false);
    return counted(entry, place, `values that are not ${text}`, isBad);
  },
  duplicateValues: (entry, place) => {
    const columns = place.column === undefined ? listIn(entry, 'properties', place) : [place.column];
    if (!columns || columns.length === 0) {
      throw new PedigreeError(
        'BAD_INPUT',
        required(`${place.where}/arguments/properties must name columns`, entry.arguments),
      );
    }
    const { unit, bounds } = measured(entry, place);
    const of = place.column === undefined ? ` of ${columns.join(', ')}` : '';
    const text = `duplicate values${of} ${bounds.text}${inUnit(unit)}`;
    return { form: 'UNIQUE', columns: columns.map(String), text, unit, bounds };
  },
  rowCount: (entry, { where }) => {
    const bounds = parseBounds(entry, where);
    return { form: 'VOLUME', text: `the number of rows ${bounds.text}`, bounds };
  },
};

function counted(entry: Entry, place: Place, what: string, isBad: IsBad): Stated {
  const { unit, bounds } = measured(entry, place);
  const column = columnOf(place);
  return { form: 'VALUES', column, text: `${what} ${bounds.text}${inUnit(unit)}`, isBad, unit, bounds };
}

const STATISTICS = ['mean', 'stddev', 'quantile'] as const;

/** `{statistic, at?, mustBe…}`: what the standard leaves to engines. */
function distribution(implementation: Entry, place: Place): Stated {
  const statistic = STATISTICS.find((name) => name === implementation.statistic);
  const at = implementation.at;
  if (statistic === undefined) {
    throw new PedigreeError(
      'BAD_INPUT',
      required(
        `${place.where}/implementation/statistic must be one of ${STATISTICS.join(', ')}`,
        implementation.statistic,
      ),
    );
  }
  if (statistic === 'quantile' && !(typeof at === 'number' && at >= 0 && at <= 1)) {
    throw new PedigreeError(
      'BAD_INPUT',
      required(`${place.where}/implementation/at must be a number from 0 to 1`, at),
    );
  }
  const bounds = parseBounds(implementation, `${place.where}/implementation`);
  const which = statistic === 'quantile' ? `quantile ${String(at)}` : statistic;
  return {
    form: 'DISTRIBUTION',
    column: columnOf(place),
    text: `the ${which} ${bounds.text}`,
    statistic,
    ...(statistic === 'quantile' ? { at: at as number } : {}),
    bounds,
  };
}

function measured(entry: Entry, { where }: Place): { unit: Unit; bounds: Bounds } {
  const { unit = 'rows' } = entry;
  if (unit !== 'rows' && unit !== 'percent') {
    throw new PedigreeError('BAD_INPUT', required(`${where}/unit must be rows or percent`, unit));
  }
  return { unit, bounds: parseBounds(entry, where) };
}

function inUnit(unit: Unit): string {
  return unit === 'percent' ? ' percent' : '';
}

function columnOf({ column, where }: Place): string {
  if (column !== undefined) return column;
  throw new PedigreeError('BAD_INPUT', `${where} must stand under the property that it is about`);
}

function argumentsOf(entry: Entry, { where }: Place): Entry {
  return objectIn(entry.arguments, `${where}/arguments`);
}

function listIn(entry: Entry, name: string, place: Place): unknown[] | undefined {
  const list = argumentsOf(entry, place)[name];
  if (list === undefined || Array.isArray(list)) return list;
  throw new PedigreeError('BAD_INPUT', required(`${place.where}/arguments/${name} must be a list`, list));
}

function nameOf({ name, description, type, engine }: Entry, column: string | undefined): string {
  const what = [name, description].find((text) => typeof text === 'string' && text !== '');
  const kind = [type, engine].filter((text) => typeof text === 'string').join(' ');
  return `${column === undefined ? '' : `${column}: `}${typeof what === 'string' ? what : 'a rule'} (${kind})`;
}
