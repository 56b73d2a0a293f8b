/**
 * Lines of a stream in chunks: the first ones go at once, those that arrive while a chunk is being written wait for each
 * other, and while one chunk commits the next is prepared. So a slow client waits for nobody, and a fast one pays for
 * few transactions.
 */
import type { Line } from './lines.js';

/** Most lines in a chunk; a stream holds three chunks at most: one that commits, one that is prepared, one that fills. */
export const CHUNK_LINES = 500;
/** A chunk is full, too, when its text is so long, in characters: one longer line is a chunk by itself. */
const CHUNK_LENGTH = 4_194_304;
const UNDER_WAY = 2;

export class ChunkedLines<R> {
  private waiting: Line[] = [];
  private waitingLength = 0;
  private first = 0;
  private underWay = 0;
  /** Settles when every chunk that was begun is answered, in order; rejects with the first failure. */
  private answered: Promise<void> = Promise.resolve();
  private wake: (() => void) | undefined;
  private failed = false;

  /**
   * @param declare begins a chunk; `first` is the index of its first line
   * @param answer is called with what each chunk gave, one after the other, in the order of the lines
   */
  constructor(
    private readonly declare: (lines: readonly Line[], first: number) => Promise<R>,
    private readonly answer: (result: R) => Promise<void>,
  ) {}

  /** Takes lines; resolves when more may come. Rejects with the failure of any chunk before. */
  async add(lines: readonly Line[]): Promise<void> {
    this.waiting.push(...lines);
    for (const line of lines) this.waitingLength += lengthOf(line);
    this.begin();
    while (this.isFull() && !this.failed) await this.change();
    if (this.failed) await this.answered;
  }

  /** Resolves when everything is answered, with the number of lines. */
  async end(): Promise<number> {
    while (this.waiting.length > 0 && !this.failed) await this.change();
    await this.answered;
    return this.first;
  }

  private begin(): void {
    while (this.mayBegin()) {
      const lines = this.takeChunk();
      const result = this.declare(lines, this.first);
      this.first += lines.length;
      this.underWay += 1;
      this.answered = this.inOrder(this.answered, result);
      this.answered.then(
        () => {
          this.underWay -= 1;
          this.begin();
          this.wake?.();
        },
        () => {
          this.failed = true;
          this.wake?.();
        },
      );
    }
  }

  private mayBegin(): boolean {
    if (this.failed || this.waiting.length === 0) return false;
    return this.underWay === 0 || (this.underWay < UNDER_WAY && this.isFull());
  }

  private isFull(): boolean {
    return this.waiting.length >= CHUNK_LINES || this.waitingLength >= CHUNK_LENGTH;
  }

  private takeChunk(): Line[] {
    let count = 0;
    let length = 0;
    for (const line of this.waiting.slice(0, CHUNK_LINES)) {
      if (count > 0 && length + lengthOf(line) > CHUNK_LENGTH) break;
      length += lengthOf(line);
      count += 1;
    }
    this.waitingLength -= length;
    return this.waiting.splice(0, count);
  }

  private async inOrder(before: Promise<void>, result: Promise<R>): Promise<void> {
    const [, own] = await Promise.all([before, result]);
    await this.answer(own);
  }

  private change(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve));
  }
}

/** A line that could not be read holds no text. */
function lengthOf(line: Line): number {
  return typeof line === 'string' ? line.length : 0;
}
