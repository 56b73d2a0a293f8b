/**
 * `GET /v1/evidence?of=…&asOf=…&since=…`: an evidence file, streamed. A file that was cut off is no JSON and so never
 * verifies. `asOf` is a tree size or an ISO 8601 time; `since` the size of a checkpoint that the reader has.
 */
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { EvidenceScope, EvidenceService } from '../governance/evidence/evidence-service.js';
import { evidenceText } from '../governance/evidence/evidence-text.js';
import type { AuditedRead } from '../governance/read-audit.js';
import { asOfParam, countParam, textParam } from './query.js';
import { writeChunk } from './write-chunk.js';

/** Most entries of a file: a few hundred megabytes, which a verifier can still hold. */
const MAX_ENTRIES = 100_000;

interface EvidenceParts {
  readonly evidence: EvidenceService;
  /** Under a grant, what may be disclosed. */
  readonly scope: EvidenceScope | undefined;
  /** True if personal values may be disclosed; then `read` is there. */
  readonly personal: boolean;
  readonly read: AuditedRead | undefined;
}

/** Sends the file; resolves with the number of its entries. */
export async function sendEvidence(
  request: Request,
  response: Response,
  { evidence, scope, personal, read }: EvidenceParts,
): Promise<number> {
  const parts = await evidence.evidence({
    of: textParam(request, 'of') ?? '',
    asOf: asOfParam(request),
    since: countParam(request, 'since'),
    personal,
    looked: (id, values, kids) => read?.looked(id, values, kids),
    maxEntries: MAX_ENTRIES,
    scope,
  });
  response.status(200).type('application/json').setHeader('Cache-Control', 'no-store');
  const digest = createHash('sha256');
  for await (const piece of evidenceText(parts)) {
    digest.update(piece);
    await writeChunk(response, piece);
  }
  read?.answering(digest.digest('hex'));
  response.end();
  return parts.entryCount;
}
