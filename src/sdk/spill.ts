/**
 * Lines kept on disk while the server is away: append-only NDJSON segments, oldest first.
 *
 * Each append is one write followed by `fdatasync`, and of the folder too when the segment is new; only then are its
 * lines said to be kept. A segment is deleted once all of it has been delivered. What was delivered of it before a crash
 * is delivered again, which the server answers with the first receipt.
 */
import { closeSync, fdatasyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { mkdir, open, readdir, readFile, stat, truncate, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';

import { batchSize } from './batch-size.js';
import { isAbandoned, segmentNames } from './segment-name.js';

interface Segment {
  readonly name: string;
  bytes: number;
  items: number;
  /** Nothing is appended any more. */
  sealed: boolean;
  /** Another process wrote it. */
  readonly adopted: boolean;
}

/** What a writer that is gone left behind. */
export interface Adopted {
  readonly items: number;
  /** Last lines that were cut off in the middle of being written. */
  readonly torn: number;
  /** Why some of it stays where it is. */
  readonly unreadable: readonly string[];
}

export interface SpillOptions {
  readonly folder: string;
  /** Most bytes on disk, those adopted included. */
  readonly maxBytes: number;
}

const SEGMENT_BYTES = 4_194_304;
/** Values of decisions are personal. */
const PRIVATE = { file: 0o600, folder: 0o700 };

export class Spill {
  private readonly nameOf = segmentNames();
  private readonly segments: Segment[] = [];
  /** The segment whose turn it is, with its lines that are not delivered yet. */
  private current: { readonly segment: Segment; readonly lines: string[] } | undefined;
  private sequence = 0;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly options: SpillOptions,
    /** Told when somebody else took a segment away, with how many lines it held: one of ours, or an adopted one. */
    private readonly onRemoved: (items: number, adopted: boolean) => void,
  ) {}

  get bytes(): number {
    return this.segments.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get items(): number {
    return this.segments.reduce((sum, { items }) => sum + items, 0);
  }

  get isEmpty(): boolean {
    return this.segments.length === 0;
  }

  /** Takes over the segments in the folder whose writers are gone. */
  async adopt(now: number): Promise<Adopted> {
    const { folder } = this.options;
    await mkdir(folder, { recursive: true, mode: PRIVATE.folder });
    const unreadable: string[] = [];
    let [items, torn] = [0, 0];
    for (const name of (await readdir(folder)).sort()) {
      if (this.segments.some((known) => known.name === name)) continue;
      try {
        const { size, mtimeMs } = await stat(join(folder, name));
        if (!isAbandoned(name, mtimeMs, now)) continue;
        const lines = (await readFile(join(folder, name), 'utf8')).split('\n');
        if (lines.pop() !== '') torn++;
        this.insert({ name, bytes: size, items: lines.length, sealed: true, adopted: true });
        items += lines.length;
      } catch (error) {
        // Another process that adopts may have been faster.
        if (!isMissing(error)) unreadable.push((error as Error).message);
      }
    }
    return { items, torn, unreadable };
  }

  /** A place in the order, for lines that may yet have to be kept. */
  reserve(): number {
    return this.sequence++;
  }

  /** Keeps lines, at the end or in a reserved place. Throws if limit or disk do not allow it; none is kept then. */
  append(lines: readonly string[], place?: number): Promise<void> {
    return this.inTurn(async () => {
      const data = this.fitting(lines);
      const segment = this.writable(place);
      try {
        await this.write(segment, data);
      } catch (error) {
        segment.sealed = true;
        const path = this.pathOf(segment);
        await (segment.bytes === 0 ? unlink(path) : truncate(path, segment.bytes)).catch(() => undefined);
        throw error;
      }
      this.added(segment, data, lines.length);
    });
  }

  /** The same at the very end of a process, in a segment of its own. */
  appendSync(lines: readonly string[]): void {
    const data = this.fitting(lines);
    const segment = this.writable(this.reserve());
    mkdirSync(this.options.folder, { recursive: true, mode: PRIVATE.folder });
    const file = openSync(this.pathOf(segment), 'a', PRIVATE.file);
    try {
      for (let sent = 0; sent < data.length;) sent += writeSync(file, data, sent);
      fdatasyncSync(file);
    } finally {
      closeSync(file);
    }
    this.added(segment, data, lines.length);
  }

  /** The oldest lines, at most `maxItems` and no more than one request may have; none if nothing is kept. */
  peek(maxItems: number): Promise<readonly string[]> {
    return this.inTurn(async () => {
      while (this.current === undefined && this.segments[0] !== undefined) {
        const [segment] = this.segments;
        const lines = await this.read(segment);
        if (lines.length === 0) await this.remove(segment);
        else this.current = { segment, lines };
      }
      const lines = this.current?.lines ?? [];
      return lines.slice(0, batchSize(lines, maxItems));
    });
  }

  /** Takes the first `taken` of the lines last peeked at away, but for the `rest`, which stays first. */
  settle(taken: number, rest: readonly string[]): Promise<void> {
    return this.inTurn(async () => {
      if (this.current === undefined) return;
      const { segment, lines } = this.current;
      lines.splice(0, taken, ...rest);
      segment.items -= taken - rest.length;
      if (lines.length === 0) await this.remove(segment);
    });
  }

  /** Shows that the segments still have a writer. */
  async touch(): Promise<void> {
    const now = new Date();
    await Promise.allSettled(this.segments.map((segment) => utimes(this.pathOf(segment), now, now)));
  }

  private fitting(lines: readonly string[]): Buffer {
    const data = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    if (this.bytes + data.length <= this.options.maxBytes) return data;
    throw new Error(`the spill folder may hold ${this.options.maxBytes} bytes and is full`);
  }

  private writable(place: number | undefined): Segment {
    const last = this.segments.at(-1);
    if (place === undefined && last && !last.sealed && last.bytes < SEGMENT_BYTES) return last;
    const name = this.nameOf(place ?? this.reserve());
    return { name, bytes: 0, items: 0, sealed: place !== undefined, adopted: false };
  }

  private added(segment: Segment, data: Buffer, items: number): void {
    if (segment.bytes === 0) this.insert(segment);
    segment.bytes += data.length;
    segment.items += items;
  }

  private insert(segment: Segment): void {
    const next = this.segments.findIndex(({ name }) => name > segment.name);
    this.segments.splice(next === -1 ? this.segments.length : next, 0, segment);
  }

  private async write(segment: Segment, data: Buffer): Promise<void> {
    const isNew = segment.bytes === 0;
    if (isNew) await mkdir(this.options.folder, { recursive: true, mode: PRIVATE.folder });
    await appendDurably(this.pathOf(segment), data);
    if (isNew) await syncFolder(this.options.folder);
  }

  private async read(segment: Segment): Promise<string[]> {
    segment.sealed = true;
    try {
      const lines = (await readFile(this.pathOf(segment), 'utf8')).split('\n');
      // After the last line end comes nothing, or a line that was cut off and never said to be kept.
      return lines.slice(0, -1);
    } catch (error) {
      if (!isMissing(error)) throw error;
      this.onRemoved(segment.items, segment.adopted);
      return [];
    }
  }

  private async remove(segment: Segment): Promise<void> {
    this.current = undefined;
    this.segments.splice(this.segments.indexOf(segment), 1);
    await unlink(this.pathOf(segment)).catch(() => undefined);
  }

  private pathOf({ name }: Segment): string {
    return join(this.options.folder, name);
  }

  /** One after the other: a segment may not be read while it is written. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

async function appendDurably(path: string, data: Buffer): Promise<void> {
  const file = await open(path, 'a', PRIVATE.file);
  try {
    await file.appendFile(data);
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
