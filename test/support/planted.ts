/** Personal values that can be recognised in a file, and the search for them in every file of a folder. */
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

import type { Declaration } from '../../src/domain/declaration.js';
import { edge, id, prediction } from './declarations.js';

/**
 * Text that begins with the mark and is too long for Neo4j to store packed into a property record, where a search for
 * its bytes would miss it.
 */
export function planted(mark: string, what: string): string {
  return `${mark}-${what}-${'0123456789abcdef'.repeat(8)}`;
}

/** A decision all of whose personal values are planted: subject, features, row key, text. */
export function plantedDecision(mark: string, name: string, subject: string): Declaration {
  const row = [planted(mark, `row-${name}`)];
  return prediction(
    name,
    'credit',
    [edge('SCORED', id('Dataset', 'applications'), { props: { role: 'INPUT' }, row })],
    {
      subjects: [subject],
      fields: { outcome: 'DENIED', score: 0.5, explanation: planted(mark, `text-${name}`) },
      features: {
        income: {
          value: planted(mark, `feature-${name}`),
          source: { dataset: id('Dataset', 'applications'), row },
        },
        ratio: { value: { nested: [planted(mark, `nested-${name}`)] }, contribution: 0.25 },
      },
    },
  );
}

const CHUNK = 16 * 1_048_576;

/** The files below a folder that have any of these bytes in them, each with which. */
export function filesWith(folder: string, needles: ReadonlyMap<string, Buffer>): string[] {
  const overlap = Math.max(...[...needles.values()].map(({ length }) => length));
  const buffer = Buffer.alloc(CHUNK + overlap);
  return filesIn(folder).flatMap((path) => {
    const left = new Map(needles);
    const found: string[] = [];
    const fd = openSync(path, 'r');
    for (let offset = 0, kept = 0; ;) {
      const read = readSync(fd, buffer, kept, CHUNK, offset);
      const bytes = buffer.subarray(0, kept + read);
      for (const [name, needle] of left) {
        if (!bytes.includes(needle)) continue;
        found.push(`${name} in ${relative(folder, path)}`);
        left.delete(name);
      }
      if (read === 0 || left.size === 0) break;
      offset += read;
      kept = Math.min(overlap, bytes.length);
      bytes.copyWithin(0, bytes.length - kept);
    }
    closeSync(fd);
    return found;
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((path) => statSync(path).isFile());
}
