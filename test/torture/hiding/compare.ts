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
  const plain = isEvidence ? readable(text) : text;
  const called = asked.reduce(
    (said, node) => said.replaceAll(names.id(node), `<asked ${String(node)}>`),
    plain,
  );
  const surrogates = new Map<string, string>();
  const said = called
    .replaceAll(names.namespace, '<namespace>')
    .replaceAll(/\b[0-9a-f]{64}\b/g, '<digest>')
    // Of two fields of one answer that fail alike, either may be the one that is told of.
    .replaceAll(/"locations":\[[^\]]*\]/g, '"locations":[]')
    .replaceAll('"path":["two"', '"path":["one"')
    .replaceAll(/"(endCursor|cursor)":"[^"]*"/g, '"$1":"<cursor>"')
    .replaceAll(/"(asOf|treeSize)":"?\d+"?/g, '"$1":"<size>"')
    .replaceAll(/surrogate:[0-9a-f]{32}/g, (id) => {
      const name = surrogates.get(id) ?? `<surrogate ${String(surrogates.size)}>`;
      surrogates.set(id, name);
      return name;
    });
  return `${String(status)} ${said}`;
}

interface Evidence {
  readonly answer: unknown;
  readonly question: unknown;
  readonly surrogates: unknown;
  readonly entries: readonly { readonly disclosures: readonly string[] }[];
}

/** Of an evidence file, what it says: its answer, and each disclosure without its salt. */
function readable(text: string): string {
  const { answer, question, surrogates, entries } = JSON.parse(text) as Evidence;
  const said = entries.map(({ disclosures }) => disclosures.map(opened).toSorted());
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
  return JSON.stringify(rest).replaceAll(/"[\w-]{43}"/g, '"<hash>"');
}
