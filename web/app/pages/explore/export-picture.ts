/** The drawing as SVG and as PNG. */
import type { Box } from '../../graph/drawing.js';
import type { Layout } from '../../graph/layout.js';
import { BOX, type Point } from '../../graph/layout-terms.js';

const MARGIN = 24;
/** Browsers refuse canvases of more pixels on a side. */
const MAX_SIDE = 16_384;

/** An SVG file, in the colours of the page's theme, which `colour` knows by name. */
export function drawSvg(
  { drawing, places, left, top, width, height }: Layout,
  colour: (name: string) => string,
): string {
  const at = (id: string): Point => places.get(id) ?? { x: 0, y: 0 };
  const lines = drawing.lines.map(({ cause, effect }) => {
    const [from, to] = [at(cause), at(effect)];
    return `<path d="${curve(from.x + BOX.width, from.y + BOX.height / 2, to.x, to.y + BOX.height / 2)}"/>`;
  });
  const boxes = drawing.boxes.map((box) => drawBox(box, at(box.id), colour));
  const [w, h] = [width + 2 * MARGIN, height + 2 * MARGIN].map(Math.ceil);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(w)}" height="${String(h)}" viewBox="${String(left - MARGIN)} ${String(top - MARGIN)} ${String(w)} ${String(h)}" font-family="system-ui, sans-serif">`,
    `<rect x="${String(left - MARGIN)}" y="${String(top - MARGIN)}" width="100%" height="100%" fill="${colour('--ground')}"/>`,
    `<g fill="none" stroke="${colour('--line-2')}" stroke-width="1.5">${lines.join('')}</g>`,
    ...boxes,
    '</svg>',
  ].join('\n');
}

/** The same in pixels. Error: a drawing that is too large for a picture. */
export async function toPng(svg: string, { width, height }: Layout): Promise<Blob> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  await image.decode();
  URL.revokeObjectURL(image.src);
  const scale = Math.min(2, MAX_SIDE / Math.max(width + 2 * MARGIN, height + 2 * MARGIN));
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(image.width * scale);
  canvas.height = Math.ceil(image.height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/png'));
  if (blob) return blob;
  throw new Error('The graph is too large for a picture in pixels: save it as SVG.');
}

function drawBox(
  { kind, title, detail, shape }: Box,
  { x, y }: Point,
  colour: (name: string) => string,
): string {
  const dash = shape === 'artifact' ? '' : ' stroke-dasharray="5 3"';
  return [
    `<g transform="translate(${String(x)} ${String(y)})">`,
    `<rect width="${String(BOX.width)}" height="${String(BOX.height)}" rx="10" fill="${colour('--surface')}" stroke="${colour(`--${kind}`)}"${dash}/>`,
    `<rect width="5" height="${String(BOX.height)}" rx="2.5" fill="${colour(`--${kind}`)}"/>`,
    `<text x="16" y="26" font-size="14" font-weight="600" fill="${colour('--ink')}">${escape(short(title))}</text>`,
    `<text x="16" y="46" font-size="12" fill="${colour('--ink-2')}">${escape(short(`${kind} · ${detail}`))}</text>`,
    '</g>',
  ].join('');
}

function curve(x1: number, y1: number, x2: number, y2: number): string {
  const middle = (x1 + x2) / 2;
  return `M${String(x1)},${String(y1)} C${String(middle)},${String(y1)} ${String(middle)},${String(y2)} ${String(x2)},${String(y2)}`;
}

function short(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
}
