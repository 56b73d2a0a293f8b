/** Corrections: beside what was said, what corrects it. */
import type { Json } from '../../domain/json.js';
import type { Trace } from '../../lineage/trace-service.js';
import type { Correction } from '../../store/lineage-reader.js';
import { openValues } from '../../store/stored-values.js';
import type { RequestContext } from '../context.js';
import type { ArtifactSource } from './artifact.js';

export const correctionResolvers = {
  Artifact: {
    corrections: ({ props, asOf }: ArtifactSource, _: unknown, { loaders }: RequestContext) =>
      loaders.corrections.load({ id: props.id as string, asOf }),
  },
  Trace: {
    corrections: async ({ nodes, asOf }: Trace, _: unknown, { loaders }: RequestContext) => {
      const found = await Promise.all([...nodes.keys()].map((id) => loaders.corrections.load({ id, asOf })));
      return found.flat().sort((a, b) => placeOf(a) - placeOf(b));
    },
  },
  Correction: {
    attestation: ({ props }: Correction) => props,
    reason: (correction: Correction) => said(correction, 'reason'),
    replaces: (correction: Correction) => said(correction, 'from'),
    by: (correction: Correction) => said(correction, 'to'),
  },
};

/** undefined also where the field is personal. */
function said({ props }: Correction, field: string): Json | undefined {
  return openValues(props).get(`value/${field}`);
}

function placeOf({ props }: Correction): number {
  return props.leafIndex as number;
}
