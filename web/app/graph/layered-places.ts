/**
 * A quick layered layout for what has no time for a good one: each box one layer to the right of its farthest cause, each
 * layer ordered by the middle of its neighbours (Sugiyama, Tagawa and Toda 1981, with barycentres). Time grows with
 * boxes and lines alone, n log n, because there are no dummy boxes for long lines.
 */
import type { Drawing } from './drawing.js';
import { BOX, GAP, type Point } from './layout-terms.js';
import { neighbours, type Link } from './lineage-graph.js';

const SWEEPS = 4;

export function layeredPlaces({ boxes, lines }: Drawing): Map<string, Point> {
  const links: Link[] = lines.map(({ effect, cause, types }) => ({ from: effect, to: cause, types }));
  const layers = layersOf(
    boxes.map(({ id }) => id),
    links,
  );
  orderLayers(layers, links);
  return columns(layers);
}

/** Boxes by layer. A cycle, which groups of versions can make, is cut where the walk comes upon it. */
export function layersOf(ids: readonly string[], links: readonly Link[]): string[][] {
  const effects = neighbours(links, 'DOWNSTREAM');
  const open = new Map(ids.map((id) => [id, 0]));
  for (const { from } of links) open.set(from, (open.get(from) ?? 0) + 1);
  const depth = new Map<string, number>();
  const ready = ids.filter((id) => open.get(id) === 0);
  const rest = new Set(ids);
  while (rest.size > 0) {
    const id = ready.pop() ?? [...rest][0] ?? '';
    if (!rest.delete(id)) continue;
    depth.set(id, depth.get(id) ?? 0);
    for (const effect of effects.get(id) ?? []) {
      if (!rest.has(effect)) continue;
      depth.set(effect, Math.max(depth.get(effect) ?? 0, (depth.get(id) ?? 0) + 1));
      open.set(effect, (open.get(effect) ?? 0) - 1);
      if (open.get(effect) === 0) ready.push(effect);
    }
  }
  const layers = new Map<number, string[]>();
  for (const id of ids) {
    const layer = depth.get(id) ?? 0;
    const members = layers.get(layer);
    if (members) members.push(id);
    else layers.set(layer, [id]);
  }
  return [...layers].sort(([a], [b]) => a - b).map(([, layer]) => layer);
}

/** Orders each layer by its neighbours on one side, then on the other, a few times over. */
function orderLayers(layers: string[][], links: readonly Link[]): void {
  const rank = new Map<string, number>();
  const number = (layer: readonly string[]): void =>
    layer.forEach((id, i) => rank.set(id, (i + 0.5) / layer.length));
  layers.forEach(number);
  const sides = [neighbours(links, 'UPSTREAM'), neighbours(links, 'DOWNSTREAM')] as const;
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const side = sides[sweep % 2 === 0 ? 0 : 1];
    for (const layer of sweep % 2 === 0 ? layers : layers.toReversed()) {
      const middles = new Map(layer.map((id) => [id, middle(id, side.get(id) ?? [], rank)]));
      layer.sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0));
      number(layer);
    }
  }
}

function middle(id: string, next: readonly string[], rank: ReadonlyMap<string, number>): number {
  if (next.length === 0) return rank.get(id) ?? 0;
  return next.reduce((sum, other) => sum + (rank.get(other) ?? 0), 0) / next.length;
}

/** A layer that is much taller than the others stands in several columns, so that the whole has a shape that fits a page. */
function columns(layers: readonly (readonly string[])[]): Map<string, Point> {
  const count = layers.reduce((sum, layer) => sum + layer.length, 0);
  const tallest = Math.max(12, Math.ceil(2 * Math.sqrt(count)));
  const places = new Map<string, Point>();
  let x = 0;
  for (const layer of layers) {
    const width = Math.max(1, Math.ceil(layer.length / tallest));
    const height = Math.ceil(layer.length / width);
    layer.forEach((id, i) => {
      const [column, row] = [i % width, Math.floor(i / width)];
      const y = (row - height / 2) * (BOX.height + GAP.y);
      places.set(id, { x: x + column * (BOX.width + GAP.y), y });
    });
    x += width * (BOX.width + GAP.y) + 2 * GAP.x;
  }
  return places;
}
