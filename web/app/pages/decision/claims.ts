/**
 * What a page shows, as claims that evidence can back: a value of an artifact by the path that it has in the artifact's
 * entry (docs/entry-format.md).
 */
import { membersOf, type Json } from '../../api/json.js';
import type { Storyline } from './storyline.js';

export interface Claim {
  readonly id: string;
  readonly path: string;
  readonly value: Json;
}

/** Everything on the page that an entry states. What the reader may not see makes no claim. */
export function claimsOf({ prediction, features, model }: Storyline): Claim[] {
  const { id } = prediction;
  const own = { outcome: prediction.outcome, score: prediction.score, baseValue: prediction.baseValue };
  const context = {
    mode: prediction.mode,
    endpoint: prediction.endpoint,
    explanation: prediction.explanation ?? null,
  };
  const artifacts = [
    ...(model ? [model.artifact] : []),
    ...features.flatMap(({ definition }) => definition ?? []),
  ];
  return [
    ...Object.entries({ ...own, ...context }).map(([name, value]) => ({ id, path: `value/${name}`, value })),
    ...features.flatMap((feature) => featureClaims(id, feature)),
    ...artifacts.flatMap((artifact) =>
      Object.entries(membersOf(artifact.fields)).map(([name, value]) => ({
        id: artifact.id,
        path: `value/${name}`,
        value,
      })),
    ),
  ].filter(({ value }) => value !== null);
}

/** A feature's member holds the value and the contribution together. */
function featureClaims(
  id: string,
  { name, state, value, contribution }: Storyline['features'][number],
): Claim[] {
  if (state !== 'OPEN') return [];
  const path = `value/features/${name}`;
  return [
    { id, path: `${path}#value`, value: value ?? null },
    { id, path: `${path}#contribution`, value: contribution ?? null },
  ];
}
