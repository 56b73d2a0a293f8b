/**
 * Compresses what browsers load, once and as well as it goes, beside each file: `x.js.br` and `x.js.gz`. The server would
 * have to do it for every request, and less well.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Fonts (woff2) and pictures are compressed already. */
const COMPRESSIBLE = ['.js', '.css', '.html', '.svg', '.json', '.ttf', '.wasm'];
/** Below this, headers weigh more than what is saved. */
const MIN_BYTES = 1024;

/** Writes the compressed forms of all files of a folder. */
export async function compress(folder) {
  for (const { name, parentPath } of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (COMPRESSIBLE.includes(extname(name))) await compressFile(join(parentPath, name));
  }
}

async function compressFile(path) {
  const content = readFileSync(path);
  if (content.length < MIN_BYTES) return;
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  writeFileSync(`${path}.br`, await promisify(brotliCompress)(content, { params }));
  writeFileSync(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
}
