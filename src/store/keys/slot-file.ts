/**
 * Key material in fixed slots of one file. Destroying a key overwrites its slot in place and syncs it, which no store
 * that appends or copies pages could promise.
 */
import { closeSync, constants, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';

const KEY_BYTES = 32;

export class SlotFile {
  private readonly fd: number;

  constructor(path: string) {
    this.fd = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  }

  /** The 32 bytes of a slot. */
  read(slot: number): Buffer {
    const key = Buffer.alloc(KEY_BYTES);
    const length = readSync(this.fd, key, 0, KEY_BYTES, slot * KEY_BYTES);
    if (length !== KEY_BYTES) throw new RangeError(`the key file ends before slot ${String(slot)}`);
    return key;
  }

  /** Writes new random keys into consecutive slots and returns them when they are on disk. */
  fill(first: number, count: number): Buffer[] {
    const bytes = randomBytes(count * KEY_BYTES);
    this.write(first, bytes);
    return Array.from({ length: count }, (_, i) => bytes.subarray(i * KEY_BYTES, (i + 1) * KEY_BYTES));
  }

  private write(slot: number, bytes: Buffer): void {
    const written = writeSync(this.fd, bytes, 0, bytes.length, slot * KEY_BYTES);
    if (written !== bytes.length) throw new Error('the key file could not be written: is the disk full?');
    fsyncSync(this.fd);
  }

  close(): void {
    closeSync(this.fd);
  }
}
