/** What a report is, whatever it is about: statements with what backs them, and what could not be answered. */
import { openValues, type StoredProps } from '../../store/stored-values.js';

export const REPORT_KINDS = [
  'TECHNICAL_FILE',
  'DECISION_FOR_SUBJECT',
  'DECISION_FOR_AUTHORITY',
  'CHANGE_IMPACT',
  'TRAIN_TEST_OVERLAP',
  'EVENT_LOG',
  'ADVERSE_ACTION',
  'RATIONALE',
  'MODEL_INVENTORY',
  'PROCESSING_REGISTER',
  'SUBJECT_ACCESS',
  'ERASURE_CERTIFICATE',
] as const;

export type ReportKind = (typeof REPORT_KINDS)[number];

/** What backs a statement: an entry of the log, by which anybody can prove it (docs/evidence.md). */
export interface Reference {
  readonly id: string;
  /** SHA-256 of the entry in hex, and its position; left out for what nobody declared. */
  readonly digest?: string;
  readonly leafIndex?: number;
}

/** One fact. The label is ours; the text may hold whatever a producer wrote, and is escaped where it is shown. */
export interface Statement {
  readonly label: string;
  readonly text: string;
  readonly references: readonly Reference[];
}

export interface Section {
  readonly title: string;
  readonly statements: readonly Statement[];
}

/** A question that the report should answer and cannot, and why. */
export interface ReportGap {
  readonly question: string;
  readonly reason: string;
  readonly references: readonly Reference[];
}

/** What the parts of a report add up to. */
export interface ReportBody {
  readonly title: string;
  /** Which question of which law it is made for. */
  readonly asks: string;
  readonly sections: readonly Section[];
  readonly gaps: readonly ReportGap[];
}

export interface Report extends ReportBody {
  readonly kind: ReportKind;
  /** An artifact's id; a namespace, or the log's origin for all of it; a person's name; an erasure's id. */
  readonly of: string;
  /** The tree size at which it holds: the same report can be made again at any time. */
  readonly asOf: number;
  /** The last signed head of the log. */
  readonly checkpoint: { readonly origin: string; readonly treeSize: number; readonly root: string };
}

function referenceTo(props: StoredProps): Reference {
  const { id, digest, leafIndex } = props;
  return {
    id: id as string,
    ...(typeof digest === 'string' ? { digest } : {}),
    ...(typeof leafIndex === 'number' ? { leafIndex } : {}),
  };
}

export function statement(label: string, value: unknown, ...backing: readonly StoredProps[]): Statement {
  return { label, text: toText(value), references: backing.map(referenceTo) };
}

export function gap(question: string, reason: string, ...backing: readonly StoredProps[]): ReportGap {
  return { question, reason, references: backing.map(referenceTo) };
}

/** An open field of a node; undefined where it was not declared. */
export function fieldOf(props: StoredProps | undefined, name: string): unknown {
  return props === undefined ? undefined : openValues(props).get(`value/${name}`);
}

/** An open field that is text, or what is said where it was not declared. */
export function textOf(props: StoredProps, name: string, otherwise: string): string {
  const value = fieldOf(props, name);
  return typeof value === 'string' ? value : otherwise;
}

/** For each field that was declared a statement, in this order; `labels` has what people call it. */
export function fieldStatements(props: StoredProps, labels: Readonly<Record<string, string>>): Statement[] {
  return Object.entries(labels).flatMap(([name, label]) => {
    const value = fieldOf(props, name);
    return value === undefined ? [] : [statement(label, value, props)];
  });
}

export function timeText(at: unknown): string {
  return typeof at === 'number' ? new Date(at).toISOString() : 'not declared';
}

/** `1 decision`, `2 decisions`, `2 entries`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
