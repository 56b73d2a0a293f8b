/**
 * Key material in fixed slots of one file. Destroying a key overwrites its slot in place and syncs it, which no store
 * that appends or copies pages could promise.
 */
import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';

const KEY_BYTES = 32;
const WIPED = Buffer.alloc(KEY_BYTES);

export class SlotFile {
  private readonly fd: number;

  constructor(path: string) {
    this.fd = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  }

  /** The 32 bytes of a slot; undefined if it was wiped or the file ends before it. */
  read(slot: number): Buffer | undefined {
    const key = Buffer.alloc(KEY_BYTES);
    const length = readSync(this.fd, key, 0, KEY_BYTES, slot * KEY_BYTES);
    return length === KEY_BYTES && !key.equals(WIPED) ? key : undefined;
  }

  /** Writes new random keys into consecutive slots and returns them when they are on disk. */
  fill(first: number, count: number): Buffer[] {
    const bytes = randomBytes(count * KEY_BYTES);
    this.write(first, bytes);
    fsyncSync(this.fd);
    return Array.from({ length: count }, (_, i) => bytes.subarray(i * KEY_BYTES, (i + 1) * KEY_BYTES));
  }

  /** Overwrites slots with zeros; returns when that is on disk. */
  wipe(slots: readonly number[]): void {
    for (const slot of slots) this.write(slot, WIPED);
    if (slots.length > 0) fsyncSync(this.fd);
  }

  /** How many slots the file has. */
  get count(): number {
    return Math.floor(fstatSync(this.fd).size / KEY_BYTES);
  }

  close(): void {
    closeSync(this.fd);
  }

  private write(slot: number, bytes: Buffer): void {
    const written = writeSync(this.fd, bytes, 0, bytes.length, slot * KEY_BYTES);
    if (written !== bytes.length) throw new Error('the key file could not be written: is the disk full?');
  }
}
