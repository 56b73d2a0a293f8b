/** `evidence`: an evidence file as one text. */
import { evidenceText } from '../../governance/evidence/evidence-text.js';
import { parseEvidence } from '../../verify/evidence-file.js';
import { toAsOf, type WithAsOf } from '../as-of.js';
import type { RequestContext } from '../context.js';

/** Most entries of a file that is returned whole: a few megabytes. */
const MAX_ENTRIES = 2_000;

interface EvidenceArgs {
  readonly of: string;
  readonly since?: { toNumber(): number } | null;
}

interface Evidence {
  readonly of: string;
  readonly asOf: number;
  readonly treeSize: number;
  readonly entries: number;
  readonly file: string;
}

export const evidenceResolvers = {
  Query: {
    evidence: async (
      _: unknown,
      { of, asOf, since }: WithAsOf<EvidenceArgs>,
      { services, principal, recording, evidenceScope }: RequestContext,
    ): Promise<Evidence> => {
      const parts = await services.evidence.evidence({
        of,
        asOf: toAsOf(asOf),
        since: since?.toNumber(),
        personal: principal.scopes.has('READ_PERSONAL'),
        looked: (id, values, kids) => recording.read?.looked(id, values, kids),
        maxEntries: MAX_ENTRIES,
        scope: evidenceScope,
      });
      let file = '';
      for await (const piece of evidenceText(parts)) file += piece;
      const { entries, question } = parseEvidence(file);
      return { of, asOf: question.asOf, treeSize: parts.treeSize, entries: entries.length, file };
    },
  },
};
