/** Which sequence numbers were met: one bit each, so that ten million artifacts cost 1.25 MB. */
export class SequenceNumbers {
  private readonly bits: Uint8Array;
  private count = 0;

  /** @param next the number that the next new artifact will get; numbers from there on are not followed */
  constructor(
    readonly next: number,
    met?: string,
  ) {
    this.bits = new Uint8Array(Math.ceil(next / 8));
    if (met !== undefined) this.bits.set(Buffer.from(met, 'base64').subarray(0, this.bits.length));
    for (const byte of this.bits) for (let rest = byte; rest > 0; rest >>= 1) this.count += rest & 1;
  }

  /**
   * False for what is no number that was given, and for one that was met before.
   *
   * @param isOld true for an artifact that had its number when this began; a new one may have a later number
   */
  add(seq: unknown, isOld: boolean): boolean {
    if (!Number.isSafeInteger(seq) || (seq as number) < 0) return false;
    const number = seq as number;
    if (number >= this.next) return !isOld;
    const mask = 1 << (number % 8);
    const byte = this.bits[number >> 3] as number;
    if ((byte & mask) !== 0) return false;
    this.bits[number >> 3] = byte | mask;
    this.count += 1;
    return true;
  }

  /** How many of the numbers below `next` nobody has. */
  get missing(): number {
    return this.next - this.count;
  }

  toString(): string {
    return Buffer.from(this.bits).toString('base64');
  }
}
