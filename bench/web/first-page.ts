/** What the first page loads before it shows anything. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { packageRoot } from '../../src/domain/package-root.js';

/** JavaScript that `index.html` names, in bytes after gzip. */
export function bytesOfFirstPage(): number {
  const folder = join(packageRoot(), 'dist/web/app');
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path = '']) => path);
  return files.reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path))).length, 0);
}
