/**
 * New decisions that are alike but for their values: of one model, from the same data sets, by the same principal. A bulk
 * load is made of them, so they have a statement of their own that costs half of the general one. Whatever it could
 * not write to the last property stays with the general statements.
 */
import { OPEN_UNTIL } from './as-of.js';
import type { BatchPlan, KnownNode, PlacedEntry } from './batch-plan.js';
import type { StatementRunner } from './database.js';
import type { DecisionPlaces } from './decision-groups.js';
import type { PreparedEdge } from './prepared-entry.js';
import { decisionCreateDecisions, type DecisionCreateDecisionsParams } from './queries.gen.js';

/** Fewest decisions that are worth a statement of their own. */
const MIN_ALIKE = 16;

/** Properties that all of one statement share; with {@link OWN}, all that it writes. */
const SHARED = ['namespace', 'name', 'by', 'k', 'mode', 'endpoint', 'codeRepository', 'codeCommit'] as const;
const OWN = ['id', 'version', 'occurredAt', 'digest', 'values', 'sealed', 'kid', 'outcome'] as const;
const WRITTEN: ReadonlySet<string> = new Set([...SHARED, ...OWN]);
const EDGE_PROPS: ReadonlySet<string> = new Set(['role', 'props', 'toDigest']);

export interface SplitPlan {
  /** Lists of decisions that one statement writes. */
  readonly alike: readonly (readonly PlacedEntry[])[];
  readonly rest: readonly PlacedEntry[];
}

/** Takes out of a plan the decisions that are alike, in lists, each in the order of the log. */
export function splitDecisions(
  placed: readonly PlacedEntry[],
  known: ReadonlyMap<string, KnownNode>,
): SplitPlan {
  const lists = new Map<string, PlacedEntry[]>();
  const rest: PlacedEntry[] = [];
  for (const entry of placed) {
    if (known.has(entry.item.id) || !isWritable(entry)) rest.push(entry);
    else {
      const key = likenessOf(entry);
      const list = lists.get(key);
      if (list) list.push(entry);
      else lists.set(key, [entry]);
    }
  }
  const all = [...lists.values()];
  const alike = all.filter(({ length }) => length >= MIN_ALIKE);
  const few = all.filter(({ length }) => length < MIN_ALIKE).flat();
  return { alike, rest: [...rest, ...few].sort((a, b) => a.leafIndex - b.leafIndex) };
}

/** Sends one statement a list; the nodes that the decisions name must have been written before. */
export function writeDecisions(
  tx: StatementRunner,
  { alike }: SplitPlan,
  { newNodes }: Pick<BatchPlan, 'newNodes'>,
  decisions: DecisionPlaces,
  at: number,
): Promise<unknown>[] {
  return alike.map((list) => tx.run(decisionCreateDecisions, columnsOf(list, newNodes, decisions, at)));
}

function isWritable({ item }: PlacedEntry): boolean {
  if (item.kind !== 'Prediction') return false;
  for (const name in item.props) if (!WRITTEN.has(name)) return false;
  return item.edges.every(({ type, props }) => {
    if (type !== 'MADE_BY' && type !== 'SCORED') return false;
    for (const name in props) if (!EDGE_PROPS.has(name)) return false;
    return true;
  });
}

function likenessOf({ item: { props, edges } }: PlacedEntry): string {
  return JSON.stringify([
    ...SHARED.map((name) => props[name]),
    ...edges.map(({ type, to, props: on }) => [type, to, on.role, on.props, on.toDigest]),
  ]);
}

function columnsOf(
  list: readonly PlacedEntry[],
  newNodes: ReadonlyMap<string, number>,
  decisions: DecisionPlaces,
  at: number,
): DecisionCreateDecisionsParams {
  const items = list.map(({ item }) => item);
  const [first] = list as [PlacedEntry];
  const { props, edges } = first.item;
  const column = <T>(name: (typeof OWN)[number]): T[] => items.map((item) => (item.props[name] ?? null) as T);
  return {
    model: endOf(edges.find(({ type }) => type === 'MADE_BY') as PreparedEdge),
    scored: edges.filter(({ type }) => type === 'SCORED').map(endOf),
    same: {
      ...(Object.fromEntries(SHARED.map((name) => [name, props[name] ?? null])) as Pick<
        DecisionCreateDecisionsParams['same'],
        (typeof SHARED)[number]
      >),
      group: decisions.placeOf(first.item.id).group as number,
      recordedAt: at,
    },
    ids: column('id'),
    versions: column('version'),
    occurredAts: column('occurredAt'),
    digests: column('digest'),
    values: column('values'),
    sealed: column('sealed'),
    kids: column('kid'),
    outcomes: column('outcome'),
    scores: items.map(({ score }) => score ?? null),
    ordinals: items.map(({ id }) => decisions.placeOf(id).ordinal as number),
    leafIndexes: list.map(({ leafIndex }) => leafIndex),
    seqs: items.map(({ id }) => newNodes.get(id) as number),
    open: OPEN_UNTIL,
  };
}

type End = DecisionCreateDecisionsParams['model'] & DecisionCreateDecisionsParams['scored'][number];

function endOf({ to, props }: PreparedEdge): End {
  const { role, props: text, toDigest } = props as Readonly<Record<string, string | undefined>>;
  return { id: to, role: role ?? null, props: text ?? null, toDigest: toDigest ?? null };
}
