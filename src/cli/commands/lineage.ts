/** `pedigree lineage`: where an artifact came from, or what depends on it. */
import { Option, type Command } from 'commander';
import { PedigreeError, required } from '../../domain/errors.js';
import { faint } from '../output/style.js';
import { renderTree, type Tree } from '../output/tree.js';
import type { CommandAnswer } from '../output/answer.js';
import { AS_OF, limitOption, moreNote, readPages, toCommand, type Ask } from '../read/read-command.js';
import { parseAsOf } from '../read/server-options.js';
import { kindOption } from './search.js';

interface Options {
  readonly down?: true;
  readonly depth?: number;
  readonly kind?: readonly string[];
  readonly limit: number;
  readonly asOf?: string;
}

interface Node {
  readonly id: string;
  readonly kind: string;
  readonly depth: number;
  readonly artifact: { readonly declared: boolean; readonly occurredAt: string | null };
  readonly edges: { readonly items: readonly { readonly from: string; readonly to: string }[] };
}

interface Totals {
  readonly nodes: number;
  readonly byKind: readonly { readonly kind: string; readonly count: number }[];
}

interface Answer {
  readonly lineage: {
    readonly asOf: string;
    readonly root: Node;
    readonly nodes: readonly Node[];
    readonly totals: Totals;
    readonly decisions: { readonly decisions: string; readonly precision: string };
    readonly hasNextPage: boolean;
    readonly endCursor: string | null;
  };
}

const NODE = 'id kind depth artifact { declared occurredAt } edges(first: 100) { items { from to } }';
const QUERY = `query ($of: ID!, $direction: Direction!, $depth: Int, $kinds: [Kind!], $asOf: AsOf, $first: PageSize,
  $after: String) {
  lineage(of: $of, direction: $direction, depth: $depth, kinds: $kinds, asOf: $asOf, first: $first, after: $after) {
    asOf root { ${NODE} } nodes { ${NODE} } hasNextPage endCursor
    totals { nodes byKind { kind count } } decisions(first: 1) { decisions precision }
  }
}`;

/** Artifacts of a page: each has its edges, and a larger page would cost more than the server answers. */
const PAGE = 500;

const COLUMNS = ['depth', 'kind', 'id', 'declared', 'occurredAt'];

export function lineageCommand(): Command {
  return toCommand<Options>({
    name: 'lineage',
    description: 'show where an artifact came from, or what depends on it, to any depth',
    parameters: { '<id>': 'the artifact, as kind:namespace/name@version' },
    options: [
      new Option('--down', 'what depends on it, instead of where it came from'),
      new Option('--depth <edges>', 'greatest depth; all if left out').argParser(positive),
      kindOption(),
      limitOption(200),
      AS_OF,
    ],
    figures: ['nodes', 'decisions', 'datasets', 'transforms', 'features', 'models'],
    examples: [
      'lineage model:lending/credit@1',
      'lineage dataset:lending/part-b@1 --down --kind Model --csv',
    ],
    ask: answer,
  });
}

async function answer(
  ask: Ask,
  [of = '']: readonly string[],
  { down, depth, kind: kinds, limit, asOf }: Options,
): Promise<CommandAnswer> {
  let first: Answer['lineage'] | undefined;
  const question = {
    of,
    direction: down ? 'DOWNSTREAM' : 'UPSTREAM',
    depth,
    kinds,
    asOf: parseAsOf(asOf),
  };
  const { items, more } = await readPages<Node>(
    limit,
    async (size, after) => {
      const { lineage } = await ask<Answer>(QUERY, { ...question, first: size, after });
      first ??= lineage;
      return { items: lineage.nodes, ...lineage };
    },
    PAGE,
  );
  const { asOf: size, root, totals, decisions } = first as Answer['lineage'];
  const nodes = items.map((node) => ({ ...node, ...node.artifact }));
  return {
    json: { asOf: size, root: root.id, totals, decisions, nodes: nodes.map(withoutEdges) },
    rows: nodes.map(withoutEdges),
    columns: COLUMNS,
    text: () => renderTree(toTree(root, items, down === true)) + summary(totals, decisions),
    figures: figuresOf(totals, decisions),
    notes: more ? [moreNote(items.length, 'artifacts', totals.nodes)] : [],
  };
}

function withoutEdges({ depth, kind, id, artifact }: Node): Record<string, unknown> {
  return { depth, kind, id, ...artifact };
}

interface Branch extends Tree {
  readonly node: Node;
  readonly children: Branch[];
}

/**
 * Each artifact once, below the first that leads to it from one depth nearer. One whose way there is not shown, because of
 * `--kind`, stands below the root and says its depth.
 */
function toTree(root: Node, nodes: readonly Node[], down: boolean): Tree {
  const branch = (node: Node): Branch => ({ node, text: label(node), children: [] });
  const branches = new Map(nodes.map((node) => [node.id, branch(node)]));
  const tree = branch(root);
  const taken = new Set<Branch>();
  for (const parent of [tree, ...branches.values()]) {
    for (const { from, to } of parent.node.edges.items) {
      const child = branches.get(down ? from : to);
      if (child?.node.depth !== parent.node.depth + 1 || taken.has(child)) continue;
      taken.add(child);
      parent.children.push(child);
    }
  }
  const rest = [...branches.values()].filter((child) => !taken.has(child));
  const farther = rest.map(({ node, text, children }) => ({
    ...{ text: `${text} ${faint(`depth ${String(node.depth)}`)}`, children },
  }));
  return { ...tree, children: [...tree.children, ...farther] };
}

function label({ id, artifact }: Node): string {
  return artifact.declared ? id : `${id} (not declared)`;
}

function summary(
  { nodes, byKind }: Totals,
  { decisions, precision }: Answer['lineage']['decisions'],
): string {
  const kinds = byKind.map(({ kind, count }) => `${String(count)} ${kind}`).join(', ');
  const also =
    decisions === '0'
      ? ''
      : `; ${precision === 'EXACT' ? '' : 'at most '}${decisions} decisions depend on it`;
  return `${String(nodes)} artifacts${kinds === '' ? '' : ` (${kinds})`}${also}\n`;
}

function figuresOf(
  { nodes, byKind }: Totals,
  { decisions }: Answer['lineage']['decisions'],
): Record<string, number> {
  const of = (kind: string): number => byKind.find((row) => row.kind === kind)?.count ?? 0;
  return {
    nodes,
    decisions: Number(decisions),
    datasets: of('Dataset'),
    transforms: of('Transform'),
    features: of('FeatureDef'),
    models: of('Model'),
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new PedigreeError('BAD_INPUT', required('--depth must be a whole number above 0', text));
}
