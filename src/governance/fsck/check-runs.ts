/**
 * What is noted of runs, so that an unversioned read finds its producer: the times, outputs and reads that the run's
 * OpenLineage events say. Every event is in an entry, word for word, so the notes can be made again.
 */
import { parseEvent } from '../../capture/openlineage/event.js';
import { mapEvent } from '../../capture/openlineage/map-event.js';
import { unversionedId } from '../../domain/column-facts.js';
import type { DerivedReader } from '../../store/derived-reader.js';
import type { FsckScanRunsRow } from '../../store/queries.gen.js';
import type { RunTimes } from '../../store/run-bindings.js';
import type { StoredProps } from '../../store/stored-values.js';
import { openFields } from './check-entry.js';
import { compareProps, compareValues, type Finding } from './finding.js';
import { scanned, type Placed, type Step } from './step.js';

/** Runs read at once: each comes with the text of all its events. */
const PAGE = 20;
/** Notes follow their entries in a transaction of their own: younger entries are left to the next check. */
const SETTLED_MS = 60_000;

/** What an entry says about a run; undefined for one that keeps no event, or none that can be read. */
function timesOf(props: StoredProps): RunTimes | undefined {
  try {
    const { verbatim } = openFields(props);
    return typeof verbatim === 'string' ? mapEvent(parseEvent(verbatim)).times : undefined;
  } catch {
    return undefined;
  }
}

/** From entries to notes: each run that an event speaks of is noted. What is noted is compared run by run. */
export async function checkNotedRuns(
  derived: DerivedReader,
  placed: Placed,
  startedAt: number,
): Promise<Finding[]> {
  const runs = placed.flatMap(({ entry: { id, props } }) => {
    const isEvent = id.startsWith('attestation:') && props.type === 'SUPPLEMENTS';
    return isEvent && isSettled(props, startedAt) ? (timesOf(props)?.run ?? []) : [];
  });
  const known = await derived.knownRuns([...new Set(runs)]);
  return [...new Set(runs)]
    .filter((run) => !known.has(run))
    .map((run) => ({ kind: 'missing', id: run, part: 'what is noted of its times' }));
}

function isSettled({ recordedAt }: StoredProps, startedAt: number): boolean {
  return typeof recordedAt === 'number' && recordedAt + SETTLED_MS <= startedAt;
}

/** From notes to entries: all runs after a given one. */
export function checkRuns(
  derived: DerivedReader,
  startedAt: number,
  from: string,
): AsyncGenerator<Step<string>> {
  return scanned(from, {
    read: (after) => derived.scanRuns(after, PAGE),
    placeOf: ({ run }) => run,
    check: (page) =>
      page.filter(({ events }) => events.every((event) => isSettled(event, startedAt))).flatMap(checkRun),
  });
}

function checkRun({ run, times, outputs, reads, events }: FsckScanRunsRow): Finding[] {
  const said = events.map(timesOf).filter((event) => event?.run === run) as RunTimes[];
  if (said.length === 0)
    return [{ kind: 'added', id: run, part: 'what is noted of its times: no event is about it' }];
  const completed = said.flatMap(({ completedAt }) => completedAt ?? []);
  const expected = {
    startedAt: Math.min(...said.map(({ at }) => at)),
    ...(completed.length === 0
      ? {}
      : { completedAt: Math.min(...completed), completedLast: Math.max(...completed) }),
  };
  const { startedAt, completedAt, completedLast } = expected as Record<string, number>;
  return [
    ...compareProps(run, 'noted', times, { run, ...expected }),
    ...compareUses(
      run,
      'PRODUCED_BY',
      outputs,
      said.flatMap((event) => event.outputs),
      { completedAt, completedLast },
    ),
    ...compareUses(
      run,
      'READ',
      reads,
      said.flatMap((event) => event.reads),
      { startedAt, completedAt },
    ),
  ];
}

/** What a run wrote or read, each once and with the run's times. */
function compareUses(
  run: string,
  use: string,
  stored: readonly StoredProps[],
  ids: readonly string[],
  times: Readonly<Record<string, number | undefined>>,
): Finding[] {
  const expected = new Set(ids);
  const noted = new Set(stored.map(({ id }) => id));
  const missing = [...expected].filter((id) => !noted.has(id));
  return [
    ...missing.map((id): Finding => ({ kind: 'missing', id: run, part: `noted ${use} ${id}` })),
    ...compareValues(run, `noted ${use}: how many`, stored.length, noted.size),
    ...stored.flatMap((props): Finding[] => {
      const part = `noted ${use} ${String(props.id)}`;
      if (!expected.has(props.id as string)) return [{ kind: 'added', id: run, part }];
      return compareProps(run, part, props, {
        run,
        id: props.id,
        dataset: unversionedId(props.id as string),
        ...times,
      });
    }),
  ];
}
