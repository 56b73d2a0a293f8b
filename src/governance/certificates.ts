/**
 * Certificates of erasure: what was erased, what remains, and why. Made from the graph as of the erasure's own entries,
 * so that asking again gives the same answer.
 */
import type { Duty, Erasure, ErasureEntry, ErasureStore, SealedItem } from '../store/erasure-store.js';
import type { RemainsReader } from '../store/remains-reader.js';

/** A list that says how much of it is there. */
export interface Cut<T> {
  readonly items: readonly T[];
  /** True if there are more. */
  readonly truncated: boolean;
}

export interface ErasureCertificate {
  readonly id: string;
  readonly state: Erasure['state'];
  /** Why its values are kept still, or were until they were erased. */
  readonly duty: Duty | undefined;
  readonly generation: number | undefined;
  readonly basis: string;
  readonly requestedBy: string;
  /** Milliseconds since the epoch. */
  readonly requestedAt: number;
  /** When the last of its entries was recorded. */
  readonly completedAt: number;
  /** The tree size with its entries in it. */
  readonly asOf: number;
  readonly entries: readonly ErasureEntry[];
  readonly erased: ErasedSummary;
  readonly remains: Remains;
}

export interface ErasedSummary {
  readonly artifacts: number;
  readonly attestations: number;
  /** Values in all. */
  readonly members: number;
  /** The same by where they stood: `value/features/*`, `value/subjects/*`, `row/*`, `value/explanation`, … */
  readonly byPath: readonly { readonly path: string; readonly count: number }[];
  /** Values whose key was gone before what their entry committed to could be kept: those entries cannot be made again. */
  readonly withoutDigest: number;
  /** The first entries whose values were erased, by id. */
  readonly items: Cut<{ readonly id: string; readonly paths: readonly string[] }>;
}

export interface Remains {
  /** Data sets that the decisions were made from, and what those came from: Pedigree holds none of their rows. */
  readonly datasets: Cut<{ readonly id: string; readonly location: string | null }>;
  /** Models downstream of these data sets: what they learnt is not undone. */
  readonly models: Cut<string>;
  /** What was attested about these data sets and models in sums: of no single person. */
  readonly summaries: readonly { readonly type: string; readonly count: number }[];
  /** What no list can say. */
  readonly statements: readonly string[];
}

const REMAINS_IN_WORDS: readonly string[] = [
  'Outcome, score, time, mode, endpoint and model of each decision stay readable; nothing in Pedigree links them to the person any more, unless a declaration marked them personal: then they were erased.',
  'The entries stay in the log, so every earlier proof still verifies; they hold salted digests, and the salts of the erased values went with the key.',
  'Values that were disclosed before, in answers, exports or evidence, still verify in the hands of those who have them.',
  'Copies of the key store that were made before still hold the key, until they expire: see docs/erasure.md.',
  'No legal hold was in force when the erasure began.',
];

const RESTRICTED_IN_WORDS: readonly string[] = [
  'Nothing is erased yet: a duty keeps the values. They are read for its purpose alone, and each read is recorded.',
  'They are erased by the first run of the retention rules after the duty has ended.',
];

/** Most items that a certificate lists; the entries in the log list all. */
const LISTED = 1_000;

export class Certificates {
  constructor(
    private readonly store: ErasureStore,
    private readonly remains: RemainsReader,
  ) {}

  /** The certificate of a finished erasure. */
  async of(erasure: Erasure): Promise<ErasureCertificate> {
    const { id, kid, state, generation, basis, by, requestedAt } = erasure;
    const restricted = state === 'RESTRICTED';
    const entries = await this.store.entries((restricted ? erasure.restriction : erasure.entries) ?? []);
    const asOf = erasure.asOf ?? Math.max(0, ...entries.map(({ leafIndex }) => leafIndex + 1));
    const [erased, remains] = await Promise.all([
      summarise(this.store.items(kid)),
      this.remainsOf(kid, asOf, restricted),
    ]);
    return {
      id,
      state,
      duty: dutyIn(erasure),
      generation,
      basis,
      requestedBy: by,
      requestedAt,
      completedAt: entries.at(-1)?.recordedAt ?? requestedAt,
      asOf,
      entries,
      erased,
      remains,
    };
  }

  private async remainsOf(kid: string, asOf: number, restricted: boolean): Promise<Remains> {
    const datasets = cut(await this.remains.datasets(kid, asOf, LISTED + 1));
    const ids = datasets.items.map((dataset) => dataset.id);
    const models = cut(await this.remains.learners(ids, asOf, LISTED + 1));
    const summaries = await this.remains.aggregates([...ids, ...models.items], asOf);
    return { datasets, models, summaries, statements: restricted ? RESTRICTED_IN_WORDS : REMAINS_IN_WORDS };
  }
}

async function summarise(items: AsyncIterable<SealedItem>): Promise<ErasedSummary> {
  const counts = new Map<string, number>();
  const listed: { id: string; paths: string[] }[] = [];
  const total = { artifacts: 0, attestations: 0, members: 0, withoutDigest: 0 };
  for await (const { id, erased } of items) {
    if (erased.length === 0) continue;
    total[id.startsWith('attestation:') ? 'attestations' : 'artifacts']++;
    total.members += erased.length;
    for (const { path, digest } of erased) {
      const place = placeOf(path);
      counts.set(place, (counts.get(place) ?? 0) + 1);
      if (digest === undefined) total.withoutDigest++;
    }
    if (listed.length <= LISTED) listed.push({ id, paths: erased.map(({ path }) => path) });
  }
  const byPath = [...counts].map(([path, count]) => ({ path, count }));
  return { ...total, byPath: byPath.sort((a, b) => (a.path < b.path ? -1 : 1)), items: cut(listed) };
}

function dutyIn({ duty, dutyBasis = '', purpose = '', keepUntil }: Erasure): Duty | undefined {
  if (duty === undefined) return undefined;
  return { duty, dutyBasis, purpose, ...(keepUntil === undefined ? {} : { keepUntil }) };
}

/** A path without the names in it, so that values of one sort are counted together. */
function placeOf(path: string): string {
  return path.replace(/^(value\/features|value\/subjects|row)\/.*$/s, '$1/*');
}

function cut<T>(items: readonly T[]): Cut<T> {
  return { items: items.slice(0, LISTED), truncated: items.length > LISTED };
}
