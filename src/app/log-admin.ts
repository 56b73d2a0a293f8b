/** What an operator of this machine may ask and decide about the signed logs, with or without a running server. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PedigreeError, required } from '../domain/errors.js';
import { formatVerifierKey } from '../ledger/signed-note.js';
import { LOGS, type LogName } from '../store/as-of.js';
import { EmbeddedHeadStore } from '../store/keys/embedded-head-store.js';
import type { HeadStore, NewOriginOrder, SignedHead, Standing } from '../store/keys/head-store.js';
import { openLogKey } from '../store/keys/log-key.js';
import { readConfig } from './config.js';

export interface LogStatus {
  readonly log: string;
  readonly origin: string;
  readonly treeSize: number;
  readonly signedAt: string;
  readonly verifierKey: string;
  readonly standing: Standing['state'];
  readonly problem?: string;
  /** The name under which the log is to go on, once a server has carried the order out. */
  readonly ordered?: string;
}

/** The signed logs of the configured key store. Error: `CONFIGURATION` before a server has run. */
export function logStatus(): Promise<LogStatus[]> {
  return withHeads(async (heads, keysDir) => {
    const key = openLogKey(keysDir);
    const found = await Promise.all(
      LOGS.map(async (log): Promise<LogStatus | undefined> => {
        const head = await heads.read(log);
        if (!head) return undefined;
        const { state = 'SOUND', message = '' } = (await heads.standing(log)) ?? {};
        const ordered = (await heads.order(log))?.origin;
        return {
          log,
          origin: head.origin,
          treeSize: head.size,
          signedAt: new Date(head.signedAt).toISOString(),
          verifierKey: formatVerifierKey(key(head.origin)),
          standing: state,
          ...(message === '' ? {} : { problem: message }),
          ...(ordered === undefined ? {} : { ordered }),
        };
      }),
    );
    return found.filter((status) => status !== undefined);
  });
}

export interface NewOriginRequest {
  readonly log: LogName;
  /** What is given up, as the operator understood it: `120-200`, or `unknown` for a log that diverged. */
  readonly lost: string;
  readonly reason: string;
  readonly by: string;
  /** The new name; left out, the old one with a number. */
  readonly origin?: string;
}

/**
 * Orders that a log goes on under a new name although signed entries are lost. A server carries it out within
 * seconds, or when it starts. Errors: `CONFIGURATION` if nothing is lost, `BAD_INPUT` if something else is.
 */
export function orderNewOrigin(request: NewOriginRequest): Promise<NewOriginOrder> {
  return withHeads(async (heads) => {
    const signed = await heads.read(request.log);
    const standing = await heads.standing(request.log);
    if (!signed || !standing || standing.state === 'SOUND') {
      throw new PedigreeError(
        'CONFIGURATION',
        'a new origin is for a log whose signed entries are lost, but no server has found that: start one first',
      );
    }
    const order = orderOf(request, signed, standing);
    await heads.putOrder(request.log, order);
    return order;
  });
}

function orderOf(request: NewOriginRequest, signed: SignedHead, { state, size }: Standing): NewOriginOrder {
  const lost = state === 'BEHIND' ? `${String(size)}-${String(signed.size)}` : 'unknown';
  if (request.lost !== lost) {
    throw new PedigreeError(
      'BAD_INPUT',
      required(`--lost must be ${lost}, which is what is lost`, request.lost),
    );
  }
  const origin = request.origin ?? nextOrigin(signed.origin);
  if (origin === signed.origin || !/^[\w.-]+(\/[\w.-]+)*$/.test(origin)) {
    throw new PedigreeError('BAD_INPUT', required('--origin must be another URL without a scheme', origin));
  }
  return {
    ...{ origin, givesUp: signed.note, kept: size, reason: request.reason, by: request.by, at: Date.now() },
    ...(state === 'BEHIND' ? { lostFrom: size } : {}),
  };
}

/** `example.com/log/lineage` → `example.com/log/lineage/2` → `…/3` */
function nextOrigin(origin: string): string {
  const [, base = origin, number = '1'] = /^(.*)\/(\d+)$/.exec(origin) ?? [];
  return `${base}/${String(Number(number) + 1)}`;
}

async function withHeads<T>(work: (heads: HeadStore, keysDir: string) => Promise<T>): Promise<T> {
  const { keysDir } = readConfig(process.env);
  if (!existsSync(join(keysDir, 'heads'))) {
    throw new PedigreeError(
      'CONFIGURATION',
      `the signed heads in ${keysDir} are made by the first start: run "npm start" once, or set PEDIGREE_DATA_DIR`,
    );
  }
  const heads = new EmbeddedHeadStore(keysDir);
  try {
    return await work(heads, keysDir);
  } finally {
    await heads.close();
  }
}
