/** Failures as RFC 9457 problem details. */
import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import { isPedigreeError, PedigreeError } from '../domain/errors.js';
import { toPedigreeError } from '../store/database.js';
import type { Logger } from './logger.js';

const STATUS = {
  input: 400,
  conflict: 409,
  missing: 404,
  identity: 401,
  permission: 403,
  quota: 429,
  busy: 503,
  environment: 503,
  defect: 500,
} as const;

interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errorId?: string;
  /** Extension members (RFC 9457 §3.2) that say when to come back, and why. */
  readonly [fact: string]: unknown;
}

/** A failure as the caller may see it. One that is not ours is masked; the log has it under the same id. */
export function toProblem(error: unknown, logger: Logger): Problem {
  const known = toPedigreeError(error);
  if (isPedigreeError(known) && known.class !== 'defect') {
    const facts = known.class === 'quota' ? known.details : {};
    return { ...facts, ...problemOf(known, STATUS[known.class]) };
  }
  const errorId = randomUUID();
  logger.error({ err: error, errorId }, 'unexpected failure');
  const masked = new PedigreeError(
    'INTERNAL',
    `something went wrong in the server; its log has the reason under ${errorId}`,
  );
  return { ...problemOf(masked, 500), errorId };
}

/** Sends a failure, with what the caller needs to act on it. */
export function sendProblem(response: Response, error: unknown, logger: Logger): void {
  const problem = toProblem(error, logger);
  if (problem.status === 503 || problem.status === 429) response.setHeader('Retry-After', retryAfter(error));
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="pedigree"');
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

function problemOf({ code, message }: PedigreeError, status: number): Problem {
  const title = code.toLowerCase().replaceAll('_', ' ');
  return { type: `urn:pedigree:error:${code}`, title, status, detail: message, code };
}

function retryAfter(error: unknown): string {
  const seconds = isPedigreeError(error) ? error.details.retryAfterSeconds : undefined;
  return String(typeof seconds === 'number' ? seconds : 1);
}
