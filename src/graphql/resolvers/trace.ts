/** `trace`: the storyline of a decision in the types of the schema. */
import { isPedigreeError } from '../../domain/errors.js';
import type { Json } from '../../domain/json.js';
import { parseUrn } from '../../domain/urn.js';
import type { AttestedFact } from '../../lineage/ancestry.js';
import type { TracedRow } from '../../lineage/row-trace.js';
import type { Trace, TraceArgs, TracedStep } from '../../lineage/trace-service.js';
import type { TracedFeature } from '../../lineage/traced-features.js';
import { kidsOfPaths, openValues, sealedPaths } from '../../store/stored-values.js';
import { toAsOf, type WithAsOf } from '../as-of.js';
import type { RequestContext } from '../context.js';
import { artifactAsOf, type ArtifactSource } from './artifact.js';

interface Within<T> {
  readonly trace: Trace;
  readonly item: T;
}

export const traceResolvers = {
  Query: {
    trace: async (
      _: unknown,
      { asOf, ...args }: WithAsOf<TraceArgs>,
      { services, principal, recording }: RequestContext,
    ): Promise<Trace | null> => {
      try {
        const mayReadPersonal = principal.scopes.has('READ_PERSONAL');
        const trace = await services.trace.trace({ ...args, asOf: toAsOf(asOf) }, mayReadPersonal);
        const open = shownPaths(trace);
        const kids = kidsOfPaths(trace.prediction, open);
        recording.read?.looked(args.prediction, personalValuesIn(trace, open), kids);
        return trace;
      } catch (error) {
        if (isPedigreeError(error, 'NOT_FOUND')) return null;
        throw error;
      }
    },
  },
  Trace: {
    prediction: (trace: Trace) => trace,
    model: (trace: Trace) => (trace.model === '' ? null : trace),
    incomplete: ({ prediction }: Trace, _: unknown, { granted }: RequestContext) =>
      granted?.incomplete(prediction.id as string, 'UPSTREAM'),
    features: (trace: Trace) => within(trace, trace.features),
    rows: (trace: Trace) => (trace.rowState === 'WITHHELD' ? null : within(trace, trace.rows)),
    steps: (trace: Trace) => within(trace, trace.steps),
  },
  TracedDecision: {
    id: ({ prediction }: Trace) => prediction.id,
    decidedAt: ({ prediction }: Trace) => prediction.occurredAt,
    recordedAt: ({ prediction }: Trace) => prediction.recordedAt,
    digest: ({ prediction }: Trace) => prediction.digest,
    outcome: ({ prediction }: Trace) => prediction.outcome,
    score: ({ prediction }: Trace) => prediction.score,
    mode: ({ prediction }: Trace) => prediction.mode,
    endpoint: ({ prediction }: Trace) => prediction.endpoint,
    preprocessing: (trace: Trace) => readValue(trace, 'value/preprocessing'),
    baseValue: (trace: Trace) => readValue(trace, 'value/baseValue'),
    explanation: (trace: Trace) => readValue(trace, 'value/explanation'),
    subjects: (trace: Trace) =>
      [...trace.values.keys()]
        .filter((path) => path.startsWith('value/subjects/'))
        .flatMap((path) => readValue(trace, path) ?? []),
  },
  TracedModel: {
    id: ({ model }: Trace) => model,
    artifact: (trace: Trace, _: unknown, context: RequestContext) => artifactIn(trace, trace.model, context),
    trainedOn: (trace: Trace, _: unknown, context: RequestContext) =>
      trace.trainedOn.map((id) => artifactIn(trace, id, context)),
    evaluatedOn: (trace: Trace, _: unknown, context: RequestContext) =>
      trace.evaluatedOn.map((id) => artifactIn(trace, id, context)),
  },
  TracedFeature: {
    name: ({ item }: Within<TracedFeature>) => item.name,
    state: ({ item }: Within<TracedFeature>) => item.state,
    value: ({ item }: Within<TracedFeature>) => item.feature?.value,
    contribution: ({ item }: Within<TracedFeature>) => item.feature?.contribution,
    definition: ({ trace, item }: Within<TracedFeature>, _: unknown, context: RequestContext) =>
      item.definition ? artifactIn(trace, item.definition, context) : null,
  },
  TracedRow: {
    dataset: ({ item }: Within<TracedRow>) => item.dataset,
    key: ({ item }: Within<TracedRow>) => item.key,
    depth: ({ item }: Within<TracedRow>) => item.depth,
    from: ({ item }: Within<TracedRow>) => item.from,
    exact: ({ item }: Within<TracedRow>) => item.exact,
    ends: ({ item }: Within<TracedRow>) => item.ends,
    location: ({ trace, item }: Within<TracedRow>) => trace.nodes.get(item.dataset)?.location,
    contentDigest: ({ trace, item }: Within<TracedRow>) => trace.nodes.get(item.dataset)?.contentDigest,
  },
  TracedStep: {
    id: ({ item }: Within<TracedStep>) => item.id,
    depth: ({ item }: Within<TracedStep>) => item.depth,
    job: ({ item }: Within<TracedStep>) => parseUrn(item.id).name,
    code: ({ trace, item }: Within<TracedStep>) =>
      openValues(trace.nodes.get(item.id) ?? {}).get('value/code') ?? item.state.code,
    state: ({ item }: Within<TracedStep>) => item.state.state,
    startedAt: ({ item }: Within<TracedStep>) => item.state.startedAt,
    endedAt: ({ item }: Within<TracedStep>) => item.state.endedAt,
    reads: ({ item }: Within<TracedStep>) => item.reads,
  },
  TracedAttestation: {
    attestation: ({ props }: AttestedFact) => props,
    about: ({ about }: AttestedFact) => about,
  },
};

function within<T>(trace: Trace, items: readonly T[]): Within<T>[] {
  return items.map((item) => ({ trace, item }));
}

/** An ancestor that the storyline was too large to hold is looked up for itself. */
function artifactIn(
  { nodes, asOf }: Trace,
  id: string,
  { loaders }: RequestContext,
): ArtifactSource | Promise<ArtifactSource> {
  const props = nodes.get(id);
  return props ? { props, asOf } : artifactAsOf(loaders, id, asOf);
}

/** Where the personal values stand that a storyline shows, as they are or generalised. */
function shownPaths({ values, prediction }: Trace): Set<string> {
  return new Set(
    sealedPaths(prediction).filter((path) => {
      const read = values.get(path);
      return read !== undefined && 'value' in read;
    }),
  );
}

/** How many personal values a storyline has to show: a row's key leads to those of the rows before it. */
function personalValuesIn({ rows }: Trace, shown: ReadonlySet<string>): number {
  return shown.size + rows.length;
}

function readValue(trace: Trace, path: string): Json | undefined {
  const value = trace.values.get(path);
  return value && 'value' in value ? value.value : undefined;
}
