/** The evidence of a decision, as of the point at which the page shows it. */
import { ask, AskError, reach, readOk } from '../../api/ask.js';
import { purpose } from '../../api/purpose.js';
import { EvidenceFileDocument } from '../../graphql/operations.gen.js';
import { address } from '../../shell/addresses.js';

/** The file's text. One that is too large for an answer of GraphQL is streamed. Error: `AskError`. */
export async function fetchEvidence(of: string, asOf: string): Promise<string> {
  try {
    const { evidence } = await ask(EvidenceFileDocument, { of, asOf: { treeSize: asOf } });
    return evidence.file;
  } catch (error) {
    if (error instanceof AskError && error.code === 'EVIDENCE_TOO_LARGE') return streamed(of, asOf);
    throw error;
  }
}

async function streamed(of: string, asOf: string): Promise<string> {
  const response = await reach(address('/v1/evidence', { of, asOf }), { headers: purpose.header() });
  return (await readOk(response)).text();
}
