/**
 * Which decisions an artifact affects, without touching them: whole groups, and, where decisions used the output of
 * affected ones, the single decisions of further groups.
 */
import type {
  CascadedDecision,
  DecisionGroup,
  ImpactReader,
  PlacedDecision,
} from '../store/impact-reader.js';

/**
 * `EXACT`: the decisions are those that depend on the artifact, no more and no fewer. `DATA_SET_LEVEL`: they are all
 * decisions of the groups that could, so none is missing, but some may depend on a part that is not the artifact.
 */
export type Precision = 'EXACT' | 'DATA_SET_LEVEL';

export interface AffectedDecisions {
  /** Groups all of whose decisions count. */
  readonly groups: readonly DecisionGroup[];
  /** Single decisions of other groups that count, too, each with its group. */
  readonly single: readonly SingleDecision[];
  readonly precision: Precision;
}

export interface SingleDecision extends PlacedDecision {
  readonly group: DecisionGroup;
}

/** Finds which decisions of some groups depend on the artifact, row by row. */
type RowFollower = (groups: readonly DecisionGroup[]) => Promise<FollowedDecisions>;

export interface FollowedDecisions {
  readonly single: readonly SingleDecision[];
  /** True if every row could be followed to its end. */
  readonly byRow: boolean;
}

/** Most decisions whose rows are followed; of more, all count. */
export const MAX_ROWS_FOLLOWED = 1_000;

/** Most decisions that are looked at one by one to follow a cascade; beyond it whole groups count. */
const MAX_FOLLOWED = 10_000;

/** Finds the affected decisions as of the reader's point. Error: `BAD_INPUT` (too many groups), `TIMEOUT`. */
export async function findAffected(
  reader: ImpactReader,
  of: string,
  follow: RowFollower,
): Promise<AffectedDecisions> {
  const whole = await reader.groups(of);
  const numbers = new Set(whole.map(({ number }) => number));
  const fed = (await reader.fedGroups([...numbers])).filter(({ number }) => !numbers.has(number));
  const precision = (await isExact(reader, of, whole)) ? 'EXACT' : 'DATA_SET_LEVEL';
  if (fed.length === 0) {
    return precision === 'EXACT' ? { groups: whole, single: [], precision } : byRows(reader, whole, follow);
  }
  const fedNumbers = fed.map(({ number }) => number);
  const sizes = await reader.counts(fedNumbers);
  const members = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (members > MAX_FOLLOWED) return { groups: [...whole, ...fed], single: [], precision: 'DATA_SET_LEVEL' };
  const groupOf = new Map(fed.map((group) => [group.number, group]));
  const single = followCascades(await reader.usedOutputs(fedNumbers), numbers);
  return {
    groups: whole,
    single: single.map((decision) => ({ ...decision, group: groupOf.get(decision.number) as DecisionGroup })),
    precision,
  };
}

/**
 * Where a union has other parts: the decisions of groups that only the scored data leads to, one by one, if they are few
 * enough and no attestation changed what they were made from.
 */
async function byRows(
  reader: ImpactReader,
  groups: readonly DecisionGroup[],
  follow: RowFollower,
): Promise<AffectedDecisions> {
  const whole: AffectedDecisions = { groups, single: [], precision: 'DATA_SET_LEVEL' };
  if (groups.some(({ amended }) => amended)) return whole;
  const throughData = groups.filter(({ throughModel }) => !throughModel);
  const sizes = await reader.counts(throughData.map(({ number }) => number));
  const members = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (members > MAX_ROWS_FOLLOWED) return whole;
  const { single, byRow } = await follow(throughData);
  const rest = groups.filter(({ throughModel }) => throughModel);
  return { groups: rest, single, precision: byRow ? 'EXACT' : 'DATA_SET_LEVEL' };
}

/** Whole groups are exact unless a decision's row may come from another part of a union, or an attestation changed one. */
async function isExact(reader: ImpactReader, of: string, groups: readonly DecisionGroup[]): Promise<boolean> {
  if (groups.some(({ amended }) => amended)) return false;
  return groups.every(({ throughModel }) => throughModel) || !(await reader.passesPartialUnion(of));
}

/** The decisions that used, at any distance, the output of a decision of the affected groups. */
function followCascades(
  decisions: readonly CascadedDecision[],
  affected: ReadonlySet<number>,
): CascadedDecision[] {
  const effects = new Map<string, CascadedDecision[]>();
  for (const decision of decisions) {
    for (const { id } of decision.causes) effects.set(id, [...(effects.get(id) ?? []), decision]);
  }
  const found = new Set(
    decisions.filter(({ causes }) => causes.some(({ group }) => group !== null && affected.has(group))),
  );
  // A set yields what is added to it while it is walked, so this goes on until nothing new is reached.
  for (const decision of found) for (const effect of effects.get(decision.id) ?? []) found.add(effect);
  return [...found];
}
