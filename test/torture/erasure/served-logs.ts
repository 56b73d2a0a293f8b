/** The tiles and entry bundles of both logs, as a server gives them out. */
import { tilePath, tileWidth } from '../../../src/ledger/tile.js';
import type { Door } from './earlier-proofs.js';

export async function servedLogs(door: Door): Promise<string[]> {
  const texts: string[] = [];
  for (const log of ['lineage', 'access']) {
    const [, size = '0'] = (await door.text(`/log/${log}/checkpoint`)).split('\n');
    for (const level of [0, 'entries'] as const) {
      for (let index = 0; tileWidth(level, index, Number(size)) > 0; index++) {
        const width = tileWidth(level, index, Number(size));
        texts.push(await door.text(`/log/${log}/${tilePath({ level, index, width })}`));
      }
    }
  }
  return texts;
}
