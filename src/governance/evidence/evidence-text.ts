/** The text of an evidence file, in pieces: canonical JSON, whose members come in the order of their names. */
import { canonicalJson, type Json } from '../../domain/json.js';
import type { EvidenceParts } from './evidence-service.js';

/** Pieces of the file; their concatenation is its text. */
export async function* evidenceText({ head, entries, tail }: EvidenceParts): AsyncGenerator<string> {
  yield `{${members(head)},"entries":[`;
  let isFirst = true;
  for await (const page of entries) {
    if (page.length === 0) continue;
    yield `${isFirst ? '' : ','}${page.map((entry) => canonicalJson(entry as unknown as Json)).join(',')}`;
    isFirst = false;
  }
  yield `],${members(await tail())}}\n`;
}

/** The members of an object as they stand in its canonical text. */
function members(part: object): string {
  return canonicalJson(part as Json).slice(1, -1);
}
