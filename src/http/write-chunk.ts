/** Writing a streamed answer no faster than its reader reads. */
import type { Response } from 'express';
import { PedigreeError } from '../domain/errors.js';

/** Resolves when the next piece may be written. Error: `CANCELLED` once the client is gone. */
export async function writeChunk(response: Response, chunk: string): Promise<void> {
  if (response.destroyed) throw new PedigreeError('CANCELLED', 'the client ended the connection');
  if (response.write(chunk)) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.once('drain', done).once('close', done);
  });
}
