/** Merging the decisions of many groups into one page by decision time, with bounded work. */
import type {
  ImpactReader,
  PlacedDecision,
  TimeOrder,
  TimePosition,
  TimeWindow,
} from '../store/impact-reader.js';
import type { AffectedDecisions } from './affected-decisions.js';

export interface PageArgs {
  readonly order: TimeOrder;
  readonly window: TimeWindow;
  readonly after: TimePosition;
  readonly first: number;
}

/** The position before the first decision of a window. */
export function beforeFirst(order: TimeOrder, { from, to }: TimeWindow): TimePosition {
  return order === 'NEWEST_FIRST' ? { occurredAt: to, leafIndex: 0 } : { occurredAt: from, leafIndex: -1 };
}

/**
 * The next `first` affected decisions after a position. Each group is asked for its share first; only groups that may
 * have more within the page are asked again, so 200 groups do not send 200 pages.
 */
export async function nextDecisions(
  reader: ImpactReader,
  { groups, single }: AffectedDecisions,
  args: PageArgs,
): Promise<PlacedDecision[]> {
  const { order, window, after, first } = args;
  const compare = comparisonOf(order);
  const numbers = groups.map(({ number }) => number);
  const share = Math.min(first, Math.ceil((4 * first) / Math.max(1, numbers.length)) + 1);
  const found = await reader.decisions(numbers, order, window, after, share);
  const singles = single.filter((decision) => isWithin(decision, window) && compare(decision, after) > 0);
  const page = [...found, ...singles].sort(compare).slice(0, first);
  const unfinished =
    share < first ? groupsWithMore(found, share, page.length < first ? undefined : page.at(-1), compare) : [];
  if (unfinished.length === 0) return page;
  const again = new Set(unfinished);
  const more = await reader.decisions(unfinished, order, window, after, first);
  const rest = found.filter(({ number }) => !again.has(number));
  return [...rest, ...more, ...singles].sort(compare).slice(0, first);
}

export function isWithin({ occurredAt }: TimePosition, { from, to }: TimeWindow): boolean {
  return from <= occurredAt && occurredAt < to;
}

type Comparison = (a: TimePosition, b: TimePosition) => number;

function comparisonOf(order: TimeOrder): Comparison {
  const sign = order === 'NEWEST_FIRST' ? -1 : 1;
  return (a, b) => sign * (a.occurredAt - b.occurredAt || a.leafIndex - b.leafIndex);
}

/** Groups that gave their whole share, the last of it still within the page: what follows may belong there, too. */
function groupsWithMore(
  found: readonly PlacedDecision[],
  share: number,
  end: PlacedDecision | undefined,
  compare: Comparison,
): number[] {
  const byGroup = new Map<number, PlacedDecision[]>();
  for (const decision of found) {
    const list = byGroup.get(decision.number);
    if (list) list.push(decision);
    else byGroup.set(decision.number, [decision]);
  }
  return [...byGroup]
    .filter(([, list]) => {
      const certain = list.sort(compare)[share - 1];
      return certain !== undefined && (end === undefined || compare(certain, end) < 0);
    })
    .map(([number]) => number);
}
