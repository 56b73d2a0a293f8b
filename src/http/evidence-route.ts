/**
 * `GET /v1/evidence?of=…&asOf=…&since=…`: an evidence file, streamed. A file that was cut off is no JSON and so never
 * verifies. `asOf` is a tree size or an ISO 8601 time; `since` the size of a checkpoint that the reader has.
 */
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { EvidenceService } from '../governance/evidence/evidence-service.js';
import { evidenceText } from '../governance/evidence/evidence-text.js';
import type { AuditedRead } from '../governance/read-audit.js';
import { asOfParam, countParam, textParam } from './query.js';
import { writeChunk } from './write-chunk.js';

/** Most entries of a file: a few hundred megabytes, which a verifier can still hold. */
const MAX_ENTRIES = 100_000;

/** Personal values are disclosed to a reader whose read is recorded, and to nobody else. */
export async function sendEvidence(
  request: Request,
  response: Response,
  evidence: EvidenceService,
  read: AuditedRead | undefined,
): Promise<void> {
  const parts = await evidence.evidence({
    of: textParam(request, 'of') ?? '',
    asOf: asOfParam(request),
    since: countParam(request, 'since'),
    personal: read !== undefined,
    looked: (id, values, kids) => read?.looked(id, values, kids),
    maxEntries: MAX_ENTRIES,
  });
  response.status(200).type('application/json').setHeader('Cache-Control', 'no-store');
  const digest = createHash('sha256');
  for await (const piece of evidenceText(parts)) {
    digest.update(piece);
    await writeChunk(response, piece);
  }
  read?.answering(digest.digest('hex'));
  response.end();
}
