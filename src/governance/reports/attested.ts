/** What was attested, as statements: its type, when, and what it says that is not personal. */
import type { AttestedFact } from '../../lineage/ancestry.js';
import { openValues } from '../../store/stored-values.js';
import { statement, timeText, type Statement } from './report.js';

/** Longer values (contracts, profiles) are named only: they are read in the entry. */
const MAX_CHARACTERS = 1_000;

/** Attestations of these types, oldest first. */
export function attestedStatements(facts: readonly AttestedFact[], types: readonly string[]): Statement[] {
  return facts.filter(({ props }) => types.includes(props.type as string)).map(attestedStatement);
}

export function attestedStatement({ props, about }: AttestedFact): Statement {
  const said = [...openValues(props)]
    .filter(([path]) => path.startsWith('value/') && path !== 'value/type')
    .map(([path, value]) => saidText(path.slice('value/'.length), value));
  const [first = '', ...others] = about;
  const of = others.length === 0 ? first : `${first} and ${String(others.length)} others`;
  return statement(
    String(props.type),
    `${timeText(props.occurredAt)}, about ${of}${said.length === 0 ? '' : `: ${said.join('; ')}`}`,
    props,
  );
}

function saidText(name: string, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.length <= MAX_CHARACTERS) return `${name} ${text}`;
  return `${name} of ${text.length.toLocaleString('en')} characters, which its entry has`;
}
