/** The mortgage demo: a real data set, a real model, real decisions, declared over HTTP as any user would. */
import { PedigreeClient } from '../src/sdk/index.js';
import { codeVersions, environment } from './code-versions.js';
import { writeStory, type Cast, type Story } from './story.js';

export interface MortgageDemoOptions {
  /** Where the server is. */
  readonly url: string;
  /** A token that may write in the namespace `mortgage`. */
  readonly token: string;
  /** Takes one line of progress. */
  readonly log: (line: string) => void;
  readonly fetch?: typeof fetch;
  /** Ends the demo before its next part; what was declared until then stays, and the result counts it. */
  readonly signal?: AbortSignal;
}

export interface DemoResult {
  readonly rowsIn: number;
  /** Rows that got no decision, and why: the rules that each breaks. */
  readonly dropped: readonly { readonly row: number; readonly reasons: readonly string[] }[];
  /** Decisions of chapter one and of chapter two. */
  readonly decisions: readonly [number, number];
  /** How many rows came in, how many decisions went out, and why they differ. */
  readonly summary: string;
  /** Declarations that are there now, and how many of them were there before. */
  readonly declared: { readonly accepted: number; readonly repeated: number };
  readonly ids: Cast;
}

/**
 * Declares the whole story. A second run declares the same and adds nothing.
 *
 * Errors: those of the SDK; a refused declaration is a defect of the demo and ends it.
 */
export async function runMortgageDemo({
  log,
  signal,
  ...connection
}: MortgageDemoOptions): Promise<DemoResult> {
  const client = new PedigreeClient(connection);
  const story = await writeStory(await codeVersions(), environment());
  const declared = { accepted: 0, repeated: 0 };
  const told = await isTold(client, story);
  for (const { title, declarations } of story.scenes) {
    if (signal?.aborted) break;
    const count = declarations.length;
    const { accepted, repeated } = told
      ? { accepted: count, repeated: count }
      : await client.declareAll(declarations);
    declared.accepted += accepted;
    declared.repeated += repeated;
    log(repeated === accepted ? `${title} (already there)` : title);
  }
  await client.close();
  return resultOf(story, declared);
}

/**
 * True if the story's last declaration is there. They are sent in order, each after the one before was acknowledged, so
 * all of them are there then; the editions in the ids make sure that it is this story.
 */
async function isTold(client: PedigreeClient, { scenes }: Story): Promise<boolean> {
  const last = scenes.at(-1)?.declarations.at(-1);
  if (last?.kind !== 'Attestation') return false;
  const { artifact } = await client.query<{ artifact: Attested | null }>(
    'query ($id: ID!) { artifact(id: $id) { attestations(first: 1000) { items { id } } } }',
    { id: last.about[0] },
  );
  return artifact?.attestations.items.some(({ id }) => id === last.id) ?? false;
}

interface Attested {
  readonly attestations: { readonly items: readonly { readonly id: string }[] };
}

function resultOf({ one, two, cast }: Story, declared: DemoResult['declared']): DemoResult {
  const dropped = one.rawCheck.failedRows.map((row) => ({
    row,
    reasons: one.rawCheck.checks
      .filter(({ failed }) => failed.includes(row))
      .map(({ column, rule }) => `${column} is not ${rule}`),
  }));
  const number = new Intl.NumberFormat('en-US');
  const why = dropped.map(({ row, reasons }) => `row ${row}: ${reasons.join('; ')}`).join(' / ');
  return {
    rowsIn: one.raw.length,
    dropped,
    decisions: [one.decisions.length, two.decisions.length],
    summary: `${number.format(one.raw.length)} rows in, ${dropped.length} left out (${why}), ${number.format(one.decisions.length)} decisions out`,
    declared,
    ids: cast,
  };
}
