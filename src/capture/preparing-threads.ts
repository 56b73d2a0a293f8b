/**
 * Prepares long requests on threads beside the server's own: checking, hashing and sealing take most of its time, and
 * meanwhile it has the database and the clients to answer. Short ones stay, because sending them costs more.
 */
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { PedigreeError } from '../domain/errors.js';
import type { PreparedEvent } from './openlineage/prepare-events.js';
import type { Declarer, Prepared, RawItem, Refusal } from './prepare-items.js';
import type { Preparer } from './preparer.js';
import type {
  SentAnswer,
  SentError,
  SentEvent,
  SentPrepared,
  SentRefusal,
  ThreadData,
} from './preparing-thread.js';

export interface ThreadOptions extends ThreadData {
  /** Most threads; each holds some 50 MB, and none begins before there is something for it to do. */
  readonly threads: number;
}

/** Shortest text that is worth sending, in characters: a task costs half a millisecond of its own, and this is one of work. */
const LONG = 10_000;
/** What a value that is no text is taken for. */
const CHARACTERS_OF_A_VALUE = 500;
/** Longest piece of a request for one thread, in characters, so that a long request holds little of it twice. */
const PIECE = 524_288;
const THREAD = fileURLToPath(new URL('./preparing-thread.js', import.meta.url));

export class PreparingThreads implements Preparer {
  private readonly pool: Piscina;

  /** @param onFailure told when a thread ends by itself; what it was preparing is rejected, and the next gets another */
  constructor(
    private readonly own: Preparer,
    { threads, keysDir }: ThreadOptions,
    onFailure: (error: unknown) => void,
  ) {
    this.pool = new Piscina({
      ...{ filename: THREAD, minThreads: 0, maxThreads: threads, idleTimeout: Infinity },
      ...{ workerData: { keysDir }, atomics: 'disabled', recordTiming: false },
    });
    this.pool.on('error', onFailure);
  }

  async items(items: readonly RawItem[], producer: Declarer): Promise<readonly Prepared[]> {
    const pieces = inPieces(items, lengthOf);
    if (!pieces) return this.own.items(items, producer);
    const prepared = await Promise.all(pieces.map((piece) => this.piece(piece, producer)));
    return prepared.flat();
  }

  async events(texts: readonly string[], producer: Declarer): Promise<readonly (PreparedEvent | Refusal)[]> {
    const pieces = inPieces(texts, (text) => text.length);
    if (!pieces) return this.own.events(texts, producer);
    const sent = await Promise.all(
      pieces.map((piece) => this.run<SentEvent>('events', { texts: piece, producer: plain(producer) })),
    );
    return sent
      .flat()
      .map((event) =>
        'refused' in event ? toRefusal(event) : { ...event, entries: event.entries.map(toPrepared) },
      );
  }

  /** Ends the threads, once nothing is prepared any more. */
  async close(): Promise<void> {
    await this.pool.close();
  }

  /** An item that is an error already stays here: there is nothing to do, and it would not arrive as one. */
  private async piece(items: readonly RawItem[], producer: Declarer): Promise<Prepared[]> {
    const good = items.filter((item) => !('error' in item));
    const sent = await this.run<SentPrepared>('items', { items: good, producer: plain(producer) });
    const prepared = sent.map(toPrepared).values();
    return items.map((item) => ('error' in item ? item : (prepared.next().value as Prepared)));
  }

  private async run<R>(name: 'items' | 'events', task: object): Promise<readonly R[]> {
    const sent = (await this.pool.run(task, { name })) as SentAnswer<R>;
    if ('failed' in sent) throw toError(sent.failed);
    return sent.answer;
  }
}

/** Pieces of a list by the length of its items; undefined if all of it is short. */
function inPieces<T>(items: readonly T[], length: (item: T) => number): T[][] | undefined {
  const pieces: T[][] = [];
  let whole = 0;
  let room = 0;
  for (const item of items) {
    const size = length(item);
    whole += size;
    if (room < size || pieces.length === 0) {
      pieces.push([]);
      room = PIECE;
    }
    room -= size;
    pieces.at(-1)?.push(item);
  }
  return whole < LONG ? undefined : pieces;
}

function lengthOf(item: RawItem): number {
  if ('error' in item) return 0;
  return 'text' in item ? item.text.length : CHARACTERS_OF_A_VALUE;
}

/** A principal has more than a thread needs to know. */
function plain({ name, namespaces }: Declarer): Declarer {
  return { name, namespaces };
}

function toPrepared(sent: SentPrepared): Prepared {
  return 'refused' in sent ? toRefusal(sent) : sent;
}

function toRefusal({ refused, ...rest }: SentRefusal): Refusal {
  return { ...rest, error: toError(refused) };
}

function toError({ code, message, details }: SentError): PedigreeError {
  return new PedigreeError(code, message, details);
}
