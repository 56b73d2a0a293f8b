/** A drawing by sigma: dots and lines of a graph of graphology, with a camera. */
import Graph from 'graphology';
import Sigma from 'sigma';
import type { NodeDisplayData, PartialButFor } from 'sigma/types';
import type { Settings } from 'sigma/settings';

import { ALL_KINDS } from '../../parts/artifact-id.js';
import { themeColour } from './colour.js';
import type { Layout } from '../../graph/layout.js';

interface Dot {
  x: number;
  y: number;
  size: number;
  color: string;
  label: string;
}

interface Stroke {
  size: number;
  color: string;
}

type Looks = ReadonlySet<string> | undefined;

export class OverviewDrawing {
  private readonly sigma: Sigma<Dot, Stroke>;
  private lit: Looks;
  private ended = false;

  /** Error: a browser without WebGL. */
  constructor(place: HTMLElement, layout: Layout, root: string, choose: (id: string | null) => void) {
    const [ink, muted] = [themeColour('--ink'), themeColour('--line')];
    const graph = graphOf(layout, root);
    this.sigma = new Sigma<Dot, Stroke>(graph, place, {
      labelColor: { color: ink },
      labelFont: 'Inter Variable, system-ui, sans-serif',
      labelRenderedSizeThreshold: 7,
      defaultDrawNodeHover: drawName(themeColour('--surface'), ink),
      minCameraRatio: 0.005,
      nodeReducer: (id, dot) => (this.isLit(id) ? dot : { ...dot, color: muted, label: null, zIndex: -1 }),
      edgeReducer: (id, stroke) => {
        const [from, to] = graph.extremities(id);
        return this.isLit(from) && this.isLit(to) ? stroke : { ...stroke, hidden: true };
      },
    });
    this.sigma.on('clickNode', ({ node }) => choose(node));
    this.sigma.on('clickStage', () => choose(null));
  }

  /** Goes to what is looked at, and dims what does not hang together with it. */
  look(focus: string, lit: Looks): void {
    // The page may still have it when the next one is being made.
    if (this.ended) return;
    this.lit = lit;
    this.sigma.refresh({ skipIndexation: true });
    const at = this.sigma.getNodeDisplayData(focus);
    if (at) void this.move({ x: at.x, y: at.y, ratio: Math.min(this.sigma.getCamera().ratio, 0.25) });
  }

  zoom(factor: number): void {
    void this.move({ ratio: this.sigma.getCamera().ratio * factor });
  }

  whole(): void {
    void this.move({ x: 0.5, y: 0.5, ratio: 1 });
  }

  end(): void {
    this.ended = true;
    this.sigma.kill();
  }

  private isLit(id: string): boolean {
    return this.lit?.has(id) ?? true;
  }

  private move(to: Partial<{ x: number; y: number; ratio: number }>): Promise<void> {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    return this.sigma.getCamera().animate(to, { duration: still ? 1 : 250 });
  }
}

function graphOf({ drawing, places }: Layout, root: string): Graph<Dot, Stroke> {
  const graph = new Graph<Dot, Stroke>({ type: 'directed', allowSelfLoops: false });
  const colours = new Map(ALL_KINDS.map((kind) => [kind, themeColour(`--${kind}`)]));
  for (const { id, kind, title, detail } of drawing.boxes) {
    const { x, y } = places.get(id) ?? { x: 0, y: 0 };
    // Upwards is more in sigma, and less on a page.
    const at = { x, y: -y, size: id === root ? 7 : 3.5 };
    graph.addNode(id, { ...at, color: colours.get(kind) ?? '', label: `${title} · ${detail}` });
  }
  const stroke = { size: 0.6, color: themeColour('--line-2') };
  for (const { cause, effect } of drawing.lines) graph.mergeDirectedEdge(cause, effect, stroke);
  return graph;
}

/** The name of the dot under the pointer, in the colours of the theme. */
function drawName(ground: string, ink: string): Settings<Dot, Stroke>['defaultDrawNodeHover'] {
  return (
    context: CanvasRenderingContext2D,
    { x, y, size, label }: PartialButFor<NodeDisplayData, 'x' | 'y' | 'size' | 'label' | 'color'>,
    { labelSize, labelFont }: Settings<Dot, Stroke>,
  ) => {
    if (label === null) return;
    context.font = `600 ${String(labelSize)}px ${labelFont}`;
    const left = x + size + 4;
    context.fillStyle = ground;
    context.fillRect(left - 3, y - labelSize, context.measureText(label).width + 6, 2 * labelSize);
    context.fillStyle = ink;
    context.fillText(label, left, y + labelSize / 3);
  };
}
