/** Files that are digested while they pass by, so that their bytes are read or written once. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline, Transform, Writable, type Readable } from 'node:stream';
import { finished } from 'node:stream/promises';

import { contentDigestOf } from './content-digest.js';

export interface DigestingReader {
  readonly stream: Readable;
  /** The digest of the whole file, once the stream was closed; a file that was read in part is then read again. */
  readonly digest: Promise<string>;
}

export function digestingReader(path: string): DigestingReader {
  const hash = createHash('sha256');
  const stream = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  // Errors reach the reader on the stream itself.
  pipeline(createReadStream(path), stream, () => undefined);
  const digest = finished(stream, { writable: false }).then(
    () => `sha256:${hash.digest('hex')}`,
    () => contentDigestOf(path),
  );
  digest.catch(() => undefined);
  return { stream, digest };
}

export interface DigestingWriter {
  readonly stream: Writable;
  /** The digest of what was written, once the file is closed; rejects if it was not written to its end. */
  readonly digest: Promise<string>;
}

export function digestingWriter(path: string): DigestingWriter {
  const hash = createHash('sha256');
  const file = createWriteStream(path);
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      hash.update(chunk);
      file.write(chunk, done);
    },
    final(done) {
      file.end(done);
    },
    destroy(error, done) {
      file.destroy();
      done(error);
    },
  });
  file.on('error', (error) => stream.destroy(error));
  const digest = finished(stream).then(() => `sha256:${hash.digest('hex')}`);
  digest.catch(() => undefined);
  return { stream, digest };
}
