/**
 * A closure as W3C PROV-JSON (member submission of 2013-04-24): artifacts as entities, runs as activities, edges as the
 * relations of PROV-DM that say the same. What PROV has no word for keeps its own name as `prov:type`.
 */
import { PedigreeError, required } from '../../domain/errors.js';
import type { EdgeType } from '../../domain/kinds.js';
import type { ExportSink } from '../../lineage/export-service.js';
import type { Surrogate } from '../../lineage/granted/surrogate.js';
import type { EdgeColumns, NodeColumns } from '../../store/closure-reader.js';

/** A document is one object, made in memory: beyond this, NDJSON streams. */
const MAX_RECORDS = 250_000;

const PREFIXES = {
  pedigree: 'urn:pedigree:terms:',
  ...Object.fromEntries(
    ['dataset', 'transform', 'featuredef', 'model', 'prediction', 'surrogate'].map((kind) => [
      kind,
      `urn:pedigree:${kind}:`,
    ]),
  ),
};

/** A relation, and the names of its two ends: the effect's, then the cause's. */
interface Relation {
  readonly name: string;
  readonly effect: string;
  readonly cause: string;
}

const GENERATED: Relation = { name: 'wasGeneratedBy', effect: 'prov:entity', cause: 'prov:activity' };
const USED: Relation = { name: 'used', effect: 'prov:activity', cause: 'prov:entity' };
const DERIVED: Relation = {
  name: 'wasDerivedFrom',
  effect: 'prov:generatedEntity',
  cause: 'prov:usedEntity',
};
const INFLUENCED: Relation = { name: 'wasInfluencedBy', effect: 'prov:influencee', cause: 'prov:influencer' };

const RELATIONS: Readonly<Record<EdgeType, Relation>> = {
  PRODUCED_BY: GENERATED,
  TRAINED_BY: GENERATED,
  READ: USED,
  APPLIED: USED,
  DERIVED_FROM: DERIVED,
  TRAINED_ON: DERIVED,
  TUNED_FROM: DERIVED,
  MADE_BY: DERIVED,
  SCORED: DERIVED,
  USED_OUTPUT_OF: DERIVED,
  MEMBER: DERIVED,
  RESOLVED_TO: DERIVED,
  // An evaluation measures a model and makes nothing of it; a definition shapes a model and is not what it was made from.
  EVALUATED_ON: INFLUENCED,
  USES: INFLUENCED,
};

type Records = Record<string, object>;

/** Collects a closure; `write` gets the whole document at its end. Error: `QUERY_TOO_COSTLY`. */
export class ProvJsonSink implements ExportSink {
  private readonly sections: Record<string, Records> = {};
  private point = 0;
  private records = 0;

  constructor(private readonly write: (asOf: number, document: string) => Promise<void>) {}

  begin(asOf: number): Promise<void> {
    this.point = asOf;
    return Promise.resolve();
  }

  nodes({ ids, kinds, digests, times, depth }: NodeColumns): Promise<void> {
    for (const [i, id] of ids.entries()) {
      const kind = kinds[i] ?? 'Dataset';
      this.add(kind === 'Transform' ? 'activity' : 'entity', id, {
        'prov:type': typeOf(kind),
        ...factsOf(digests[i], times[i]),
        ...(depth === 0 ? { 'pedigree:asOf': this.point } : {}),
      });
    }
    return Promise.resolve();
  }

  edges({ type, from, to }: EdgeColumns): Promise<void> {
    for (const [i, id] of from.entries())
      this.relate(RELATIONS[type], id, to[i] ?? '', { 'prov:type': typeOf(type) });
    return Promise.resolve();
  }

  /** Nothing is known of what a surrogate stands for but that effects came to be under its influence. */
  surrogates(surrogates: readonly Surrogate[]): Promise<void> {
    for (const { id, kind, effects, causes } of surrogates) {
      this.add('entity', id, {
        'prov:type': typeOf('Surrogate'),
        'pedigree:reason': 'OUTSIDE_GRANT',
        ...(kind ? { 'pedigree:kind': kind } : {}),
      });
      for (const effect of effects) this.relate(INFLUENCED, effect, id);
      for (const cause of causes) this.relate(INFLUENCED, id, cause);
    }
    return Promise.resolve();
  }

  end(): Promise<void> {
    return this.write(this.point, `${JSON.stringify({ prefix: PREFIXES, ...this.sections })}\n`);
  }

  private relate(relation: Relation, effect: string, cause: string, more: object = {}): void {
    const { name } = relation;
    this.add(name, `_:r${String(this.records)}`, {
      [relation.effect]: effect,
      [relation.cause]: cause,
      ...more,
    });
  }

  private add(section: string, id: string, record: object): void {
    if (++this.records > MAX_RECORDS) throw tooLarge();
    (this.sections[section] ??= {})[id] = record;
  }
}

function typeOf(name: string): object {
  return { $: `pedigree:${name}`, type: 'prov:QUALIFIED_NAME' };
}

function factsOf(digest: string | null | undefined, time: number | null | undefined): object {
  if (digest == null) return { 'pedigree:declared': { $: 'false', type: 'xsd:boolean' } };
  const occurredAt = new Date(time ?? 0).toISOString();
  return { 'pedigree:digest': digest, 'pedigree:occurredAt': { $: occurredAt, type: 'xsd:dateTime' } };
}

function tooLarge(): PedigreeError {
  return new PedigreeError(
    'QUERY_TOO_COSTLY',
    required(
      `a PROV-JSON document holds at most ${String(MAX_RECORDS)} artifacts and edges: export as ndjson`,
      'more',
    ),
  );
}
