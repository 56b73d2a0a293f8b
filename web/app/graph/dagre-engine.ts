/** dagre's layout, in a worker: coarser than Eclipse's, and several times as fast. */
import type { Drawing } from './drawing.js';
import type { DagreAnswer, DagreRequest } from './dagre-worker.js';
import type { Places } from './layout-terms.js';
import { within } from './within.js';

let worker: Worker | undefined;
let asked = 0;

/** Undefined if it is not done within `ms` milliseconds. Error: a worker that does not start. */
export async function placeByDagre({ boxes, lines }: Drawing, ms: number): Promise<Places | undefined> {
  const request: DagreRequest = {
    number: (asked += 1),
    boxes: boxes.map(({ id }) => id),
    lines: lines.map(({ cause, effect }) => [cause, effect]),
  };
  const engine = (worker ??= start());
  const answer = await within(ms, answerOf(engine, request));
  if (answer) return new Map(answer);
  engine.terminate();
  if (worker === engine) worker = undefined;
  return undefined;
}

function start(): Worker {
  return new Worker(new URL('./dagre-worker.ts', import.meta.url), { type: 'module' });
}

/** Several may be under way: each answer has its question's number. */
function answerOf(engine: Worker, request: DagreRequest): Promise<DagreAnswer['places']> {
  return new Promise((resolve, reject) => {
    engine.addEventListener('message', function listen({ data }: MessageEvent<DagreAnswer>) {
      if (data.number !== request.number) return;
      engine.removeEventListener('message', listen);
      resolve(data.places);
    });
    engine.addEventListener('error', ({ message }) =>
      reject(new Error(message || 'the layout did not start')),
    );
    engine.postMessage(request);
  });
}
