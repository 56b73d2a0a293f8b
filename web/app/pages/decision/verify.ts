/** Verifies the evidence of a storyline in this browser: fetches file and key, and has a worker check them. */
import { ask } from '../../api/ask.js';
import { LogKeyDocument } from '../../graphql/operations.gen.js';
import { claimsOf } from './claims.js';
import type { Storyline } from './storyline.js';
import { fetchEvidence } from './evidence.js';
import type { Verified, VerifyAnswer } from './verified.js';
import type { VerifyRequest } from './verify-worker.js';

/** The key is the given one, or else the one that the server names. Errors: `AskError`. */
export async function verifyHere(story: Storyline, given: string): Promise<Verified> {
  const file = await fetchEvidence(story.prediction.id, story.asOf);
  const key = given === '' ? (await ask(LogKeyDocument, {})).checkpoint.verifierKey : given;
  const answer = await inWorker({ file, key, claims: claimsOf(story) });
  return { answer, key, bytes: new Blob([file]).size };
}

function inWorker(request: VerifyRequest): Promise<VerifyAnswer> {
  const worker = new Worker(new URL('./verify-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<VerifyAnswer>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<VerifyAnswer>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message || 'the verifier did not start'));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
