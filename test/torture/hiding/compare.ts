/** Answers in a form in which two tellings of one world are alike if they say the same. */
import type { Names } from './operations.js';

export interface Answered {
  readonly status: number;
  readonly text: string;
}

/**
 * What is made anew for each telling gets names of its own, consistently: namespaces, digests, proofs and signatures,
 * surrogates, cursors, tree sizes, and the ids that were asked about, which the asker knows.
 */
export function alike({ status, text }: Answered, names: Names, asked: readonly number[]): string {
  const isEvidence = text.startsWith('{"answer"') && status === 200;
  const plain = isEvidence
    ? readable(text)
    : text.replaceAll(FILE, (_, file: string) => readable(unquoted(file)));
  const called = asked.reduce(
    (said, node) => said.replaceAll(names.id(node), `<asked ${String(node)}>`),
    plain,
  );
  const said = called
    .replaceAll(names.namespace, '<namespace>')
    .replaceAll(/\b[0-9a-f]{64}\b/g, '<digest>')
    .replaceAll(/"(leafHash|root)":"[^"]*"/g, '"$1":"<hash>"')
    .replaceAll(/"hashes":\[[^\]]*\]/g, '"hashes":[]')
    .replaceAll(/"leafIndex":"\d+"/g, '"leafIndex":"<leaf>"')
    .replaceAll(/"locations":\[[^\]]*\]/g, '"locations":[]')
    // Of two fields of one answer that fail, either may be the one that is told of.
    .replaceAll(/\{"message":"[^{}]*"path":\["(one|two)".*?\}\}?(?=[,\]])/g, '<failed>')
    .replaceAll(/"(endCursor|cursor)":"[^"]*"/g, '"$1":"<cursor>"')
    .replaceAll(/"((?:pedigree:)?asOf|treeSize)":"?\d+"?/g, '"$1":"<size>"');
  return `${String(status)} ${withoutNames(said)}`;
}

/** Surrogates by the order in which an answer lists them; lists of what they join are sorted again. */
function withoutNames(text: string): string {
  const listed = [...text.matchAll(/"id":"(surrogate:[0-9a-f]{32})"/g)].map(([, id]) => id);
  const met = text.match(/surrogate:[0-9a-f]{32}/g) ?? [];
  const order = [...new Set([...listed, ...met])];
  return text
    .replaceAll(/surrogate:[0-9a-f]{32}/g, (id) => `<surrogate ${String(order.indexOf(id))}>`)
    .replaceAll(/\[("[^"[\]]*",?)+\]/g, (list) =>
      list.includes('<surrogate') ? JSON.stringify((JSON.parse(list) as string[]).toSorted()) : list,
    );
}

/** A file of evidence as a member of an answer. */
const FILE = /"file":("(?:[^"\\]|\\.)*")/g;

function unquoted(text: string): string {
  return JSON.parse(text) as string;
}

interface Evidence {
  readonly answer: unknown;
  readonly question: unknown;
  readonly surrogates: unknown;
  readonly entries: readonly { readonly disclosures: readonly string[]; readonly masked?: unknown }[];
}

/** Of an evidence file, what it says: its answer, and each disclosure without its salt, and what a mask left. */
function readable(text: string): string {
  const { answer, question, surrogates, entries } = JSON.parse(text) as Evidence;
  const said = entries.map(({ disclosures, masked }) => ({
    said: disclosures.map(opened).toSorted(),
    masked,
  }));
  return ranked(JSON.stringify({ answer, question, surrogates, said }));
}

/** Leaf indexes by their order. */
function ranked(text: string): string {
  const all = [...text.matchAll(/"leafIndex":(\d+)/g)].map(([, index]) => Number(index));
  const order = [...new Set(all)].toSorted((a, b) => a - b);
  return text.replaceAll(
    /"leafIndex":(\d+)/g,
    (_, index) => `"leafIndex":<${String(order.indexOf(Number(index)))}>`,
  );
}

function opened(disclosure: string): string {
  const [, ...rest] = JSON.parse(Buffer.from(disclosure, 'base64url').toString()) as [string, ...unknown[]];
  // Lists of digests are padded to a power of two: how many members there are is said roughly (docs/security.md).
  return JSON.stringify(rest).replaceAll(/"_sd":\["[\w-]{43}"(,"[\w-]{43}")*\]/g, '"_sd":["<hash>"]');
}
