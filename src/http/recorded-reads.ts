/** What a request says for the access log, and its outcome there once the connection has closed. */
import { hash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Principal } from '../access/principal.js';
import { PedigreeError, required } from '../domain/errors.js';
import type { GrantWatch } from '../governance/grants/grant-watch.js';
import type { AuditedRead, ReadIntent } from '../governance/read-audit.js';
import type { Logger } from './logger.js';

/** Longest purpose of a read, in characters. */
const MAX_PURPOSE = 500;

/** Why the reader reads. Error: `BAD_INPUT`. */
export function purposeOf(request: Request): string | undefined {
  const purpose = request.header('Pedigree-Purpose');
  if (purpose === undefined || purpose.length <= MAX_PURPOSE) return purpose;
  throw new PedigreeError(
    'BAD_INPUT',
    required(`Pedigree-Purpose may have at most ${String(MAX_PURPOSE)} characters`, purpose.length),
  );
}

/** What the access log says of a request that is not GraphQL. */
export function describeRead(
  request: Request,
  door: 'evidence' | 'export',
): Pick<ReadIntent, 'door' | 'operationDigest' | 'arguments'> {
  return {
    door,
    operationDigest: hash('sha256', `GET /v1/${door}`),
    arguments: JSON.stringify(request.query),
  };
}

/** An answer that is still being sent when its grant is revoked ends there: the client sees that it is not whole. */
export function breakOffWithGrant(
  { grant }: Principal,
  watch: Pick<GrantWatch, 'watch'>,
  response: Response,
): void {
  if (!grant) return;
  const stop = watch.watch(grant.id, () => response.destroy());
  response.once('close', stop);
}

/** The outcome of a recorded read is written when its answer is out, or is known never to be. */
export function endWithResponse(
  readOf: () => AuditedRead | undefined,
  response: Response,
  logger: Logger,
): void {
  response.once('close', () => {
    const answered = response.statusCode < 400 ? 'COMPLETE' : 'FAILED';
    readOf()
      ?.end(response.writableFinished ? answered : 'ABORTED')
      .catch((err: unknown) => {
        logger.error({ err }, 'the outcome of a read could not be recorded; its intent is');
      });
  });
}
