/** Notes of whose values a read has looked at: beside each artifact that the read's outcome names, one for each person. */
import { subjectMark } from '../../ledger/keys.js';
import { ACCESS_LOG } from '../../store/as-of.js';
import type { DerivedReader } from '../../store/derived-reader.js';
import type { FsckScanLooksRow } from '../../store/queries.gen.js';
import type { FsckReader } from '../../store/fsck-reader.js';
import type { KeyStore } from '../../store/keys/key-store.js';
import { kidsOf, openValues, type StoredProps } from '../../store/stored-values.js';
import { compareProps, compareValues, type Finding } from './finding.js';
import { scanned, type Step } from './step.js';

const PAGE = 1_000;

interface LookParts {
  readonly reader: FsckReader;
  readonly derived: DerivedReader;
  readonly keyStore: Pick<KeyStore, 'keysOf' | 'restrictedOf'>;
}

/** The id of the intent of the read that a record is about. */
export function intentOf(id: string): string {
  return id.replace(/@outcome$/, '@intent');
}

export function artifactsOf({ artifacts }: StoredProps): readonly string[] {
  return Array.isArray(artifacts) ? (artifacts as string[]) : [];
}

/** From outcomes to notes: what an outcome says was looked at is noted beside each artifact, for that read. */
export async function checkNoted(
  { derived }: LookParts,
  outcomes: readonly { readonly props: StoredProps; readonly intent: number }[],
): Promise<Finding[]> {
  const rows = outcomes.flatMap(({ props, intent }) =>
    artifactsOf(props).map((artifact) => ({ artifact, intent, props })),
  );
  const looks = await derived.looks(rows.map(({ artifact, intent }) => ({ artifact, intent })));
  const noted = new Map(
    looks.map((look) => [`${String(look.intent)} ${look.artifact}`, look.looks as readonly StoredProps[]]),
  );
  return outcomes.flatMap(({ props, intent }): Finding[] => {
    const beside = artifactsOf(props).map((artifact) => ({
      artifact,
      found: noted.get(`${String(intent)} ${artifact}`) ?? [],
    }));
    const isWhole = beside.every(({ found }) => found.length > 0);
    const count = beside.reduce((sum, { found }) => sum + found.length, 0);
    return [
      ...beside.flatMap(({ artifact, found }) => checkBeside(props, artifact, found)),
      ...(isWhole ? compareValues(String(props.id), 'looks', count, looksSaid(props) ?? count) : []),
    ];
  });
}

function checkBeside(outcome: StoredProps, artifact: string, found: readonly StoredProps[]): Finding[] {
  const [id, part] = [String(outcome.id), `the look at ${artifact}`];
  if (found.length === 0) return [{ kind: 'missing', id, part }];
  const subjects = found.map(({ subject }) => subject ?? null);
  return [
    ...found.flatMap(({ request }) => compareValues(id, part, request, outcome.request)),
    ...compareValues(id, `${part}: people`, subjects.length, new Set(subjects).size),
  ];
}

/** How many looks an outcome says there were; undefined for one that an older version wrote, or that cannot be read. */
function looksSaid(props: StoredProps): unknown {
  try {
    return openValues(props).get('value/looks');
  } catch {
    return undefined;
  }
}

/** From notes to records: all after a given one, as `[artifact, intent]`. */
export function checkLooks(parts: LookParts, from: string): AsyncGenerator<Step<string>> {
  return scanned(from, {
    read(after) {
      const [artifact, intent] = after === '' ? ['', -1] : (JSON.parse(after) as [string, number]);
      return parts.derived.scanLooks({ artifact, intent }, PAGE);
    },
    placeOf: ({ artifact, intent }) => JSON.stringify([artifact, intent]),
    async check(page) {
      const intents = page.map(({ intent }) => intent);
      const names = await parts.reader.stored.namesAt(intents, ACCESS_LOG);
      const artifacts = page.map(({ artifact }) => artifact);
      const people = await peopleOf(parts, artifacts);
      return page.flatMap((row) => checkLook(row, names.get(row.intent), people.get(row.artifact)));
    },
  });
}

function checkLook(
  { looks, outcome, ...place }: FsckScanLooksRow,
  intent: string | undefined,
  people: People | undefined,
): Finding[] {
  const part = `the look at ${place.artifact}`;
  return looks.flatMap((props): Finding[] => {
    const id = `access:read/${String(props.request)}@outcome`;
    const isSaid = intent === intentOf(id) && artifactsOf(outcome ?? {}).includes(place.artifact);
    const { request, subject } = props;
    return [
      ...compareProps(id, part, props, { ...place, request, subject }),
      ...checkPerson(id, part, subject, people),
      ...(isSaid ? [] : [{ kind: 'added', id, part } as const]),
    ];
  });
}

/** The marks of the people that an artifact's values are about, and whether each of their keys is there for readers. */
interface People {
  readonly marks: ReadonlySet<unknown>;
  readonly isWhole: boolean;
}

async function peopleOf(
  { reader, keyStore }: LookParts,
  ids: readonly string[],
): Promise<ReadonlyMap<string, People>> {
  const entries = await reader.stored.entries([...new Set(ids)]);
  const named = [...entries].map(([id, { props }]) => [id, namesOf(props)] as const);
  const all = [...new Set(named.flatMap(([, kids]) => kids))];
  const keys = await keyStore.keysOf(all);
  const restricted = await keyStore.restrictedOf(all);
  return new Map(
    named.map(([id, kids]) => {
      const found = kids.flatMap((kid) => {
        const key = keys.get(kid);
        return key instanceof Uint8Array ? [subjectMark(key)] : [];
      });
      // Nobody is shown a restricted person's values, so a look at the artifact may name no one.
      const isShown = !kids.some((kid) => restricted.has(kid));
      const isWhole = found.length === kids.length && kids.length > 0 && isShown;
      return [id, { marks: new Set(found), isWhole }];
    }),
  );
}

/** None where the sealed values cannot be read: that is a finding of the entry's own check. */
function namesOf(props: StoredProps): readonly string[] {
  try {
    return kidsOf([props]).filter((kid) => typeof kid === 'string');
  } catch {
    return [];
  }
}

/** A person's mark follows from the person's key. Where a key of the artifact was destroyed, any mark may have been its. */
function checkPerson(id: string, part: string, subject: unknown, people: People | undefined): Finding[] {
  if (!people?.isWhole || people.marks.has(subject)) return [];
  return [
    {
      ...{ kind: 'altered', id, part: `${part}: subject`, stored: JSON.stringify(subject ?? null) },
      expected: 'the mark of a person whose values the artifact holds',
    },
  ];
}
