/** The evidence of a decision, as of the point at which the page shows it. */
import { ask } from '../../api/ask.js';
import { EvidenceFileDocument } from '../../graphql/operations.gen.js';

/** The file's text. Error: `AskError`. */
export async function fetchEvidence(of: string, asOf: string): Promise<string> {
  const { evidence } = await ask(EvidenceFileDocument, { of, asOf: { treeSize: asOf } });
  return evidence.file;
}
