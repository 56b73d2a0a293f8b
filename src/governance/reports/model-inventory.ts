/** Which models there are, what state each is in, and what many of them depend on (SR 26-2; ISO/IEC 42001, A.6.2.8 and A.7.5; BCBS 239). */
import type { Dependency } from '../../store/estate-reader.js';
import type { StoredProps } from '../../store/stored-values.js';
import {
  counted,
  fieldOf,
  gap,
  statement,
  textOf,
  timeText,
  type ReportBody,
  type ReportGap,
  type Statement,
} from './report.js';

/** All models of a namespace, or all there are, with what is known of each. */
export interface Estate {
  /** What it is all of: a namespace, or the log's origin. */
  readonly of: string;
  /** In the order in which they are listed; only as many as a report holds. */
  readonly models: readonly StoredProps[];
  /** True if there are more. */
  readonly more: boolean;
  /** What was attested about each, oldest first. */
  readonly attested: ReadonlyMap<string, readonly StoredProps[]>;
  /** How many live decisions each made. */
  readonly decisions: ReadonlyMap<string, number>;
  readonly dependencies: readonly Dependency[];
  /** The nodes of the dependencies' newest versions. */
  readonly nodes: ReadonlyMap<string, StoredProps>;
  /** True if there are more dependencies than are listed. */
  readonly moreDependencies: boolean;
}

/** A dependency of one model only is no concentration. */
const SHARED = 2;

export function modelInventory(estate: Estate): ReportBody {
  const { of, models, dependencies } = estate;
  const shared = dependencies.filter((each) => each.models.length >= SHARED);
  const inUse = models.filter((model) => stateOf(estate, model) === 'deployed');
  return {
    title: `Model inventory of ${of}`,
    asks: 'SR 26-2, ISO/IEC 42001 A.6.2.8 and A.7.5, BCBS 239: which models there are, what they depend on, and where many depend on one.',
    sections: [
      {
        title: 'In all',
        statements: [
          statement('Models', `${counted(models.length, 'version')}, ${String(inUse.length)} deployed`),
          statement(
            'Live decisions',
            counted(sum(models.map(({ id }) => estate.decisions.get(id as string) ?? 0)), 'decision'),
          ),
        ],
      },
      { title: 'Models', statements: models.map((model) => modelStatement(estate, model)) },
      {
        title: 'Dependency concentration: what several models depend on, most models first',
        statements: shared.map((each) => concentration(estate, each)),
      },
    ],
    gaps: gapsOf(estate, shared.length),
  };
}

/** By the producers' times: the last word on whether it is in use. */
function stateOf({ attested }: Estate, { id }: StoredProps): 'deployed' | 'retired' | 'never deployed' {
  const told = (attested.get(id as string) ?? []).filter(
    ({ type }) => type === 'DEPLOYED' || type === 'RETIRED',
  );
  const [last] = told.sort(newestFirst);
  if (!last) return 'never deployed';
  return last.type === 'DEPLOYED' ? 'deployed' : 'retired';
}

function newestFirst(a: StoredProps, b: StoredProps): number {
  return (
    (b.occurredAt as number) - (a.occurredAt as number) || (b.leafIndex as number) - (a.leafIndex as number)
  );
}

function modelStatement(estate: Estate, model: StoredProps): Statement {
  const id = model.id as string;
  if (model.declared !== true) return statement(id, 'is named by others and was not declared', model);
  const attested = [...(estate.attested.get(id) ?? [])].sort(newestFirst);
  const deployments = attested.filter(({ type }) => type === 'DEPLOYED');
  const approval = attested.find(({ type }) => type === 'APPROVED');
  const incidents = attested.filter(({ type }) => type === 'INCIDENT').length;
  const text = [
    `made ${timeText(model.occurredAt)}`,
    `owner ${textOf(model, 'owner', 'not declared')}`,
    `use: ${textOf(model, 'intendedUse', 'not declared')}`,
    stateOf(estate, model),
    ...deployments.slice(0, 1).map((each) => `last at ${textOf(each, 'endpoint', 'no endpoint')}`),
    approval ? `last word on its use: ${textOf(approval, 'decision', 'not declared')}` : 'no approval',
    counted(estate.decisions.get(id) ?? 0, 'live decision'),
    ...(incidents > 0 ? [counted(incidents, 'incident')] : []),
  ];
  return statement(id, text.join('; '), model, ...deployments.slice(0, 1), ...(approval ? [approval] : []));
}

function concentration({ models, decisions, nodes }: Estate, dependency: Dependency): Statement {
  const { kind, namespace, name, newest, versions, models: dependents } = dependency;
  const all = sum(models.map(({ id }) => decisions.get(id as string) ?? 0));
  const made = sum(dependents.map((id) => decisions.get(id) ?? 0));
  const share = all === 0 ? '' : `, which made ${percent(made, all)} of the live decisions`;
  return statement(
    `${kind} ${namespace}/${name}`,
    `${String(dependents.length)} of ${String(models.length)} models (${percent(dependents.length, models.length)})${share}; ${counted(versions, 'version')}`,
    nodes.get(newest) ?? { id: newest },
  );
}

function gapsOf(estate: Estate, shared: number): ReportGap[] {
  const { models, more, moreDependencies } = estate;
  const lacking = (name: string, question: string): ReportGap[] => {
    const without = models.filter((model) => model.declared === true && fieldOf(model, name) === undefined);
    return without.length === 0
      ? []
      : [gap(question, `${counted(without.length, 'model')} without ${name}.`, ...without.slice(0, 20))];
  };
  return [
    ...(models.length === 0 ? [gap('Which models are there?', 'None was declared here.')] : []),
    ...lacking('owner', 'Who is responsible?'),
    ...lacking('intendedUse', 'What are they for?'),
    ...(shared === 0 && models.length > 1
      ? [gap('What do several models depend on?', 'Nothing that was declared.')]
      : []),
    ...(more
      ? [
          gap(
            'Which are the other models?',
            `There are more than ${String(models.length)}; ask about one namespace at a time.`,
          ),
        ]
      : []),
    ...(moreDependencies
      ? [gap('What else do they depend on?', 'More than a report holds; it has what most models depend on.')]
      : []),
    gap(
      'How material is each model, and which tier?',
      'SR 26-2: kept elsewhere; Pedigree keeps what was declared and attested.',
    ),
  ];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
