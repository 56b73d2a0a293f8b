/** The answer that a file states beside the one that its entries make: the first place where they differ. */
import { canonicalJson, type Json } from '../domain/json.js';
import type { EvidenceAnswer } from './evidence-file.js';

const PARTS = ['artifacts', 'edges', 'attestations'] as const;

export interface Difference {
  /** `answer.edges[3]` */
  readonly part: string;
  readonly message: string;
}

export function compareAnswers(stated: EvidenceAnswer, made: EvidenceAnswer): Difference | undefined {
  for (const name of PARTS) {
    const length = Math.max(stated[name].length, made[name].length);
    for (let i = 0; i < length; i++) {
      const [said, follows] = [textOf(stated[name][i]), textOf(made[name][i])];
      if (said === follows) continue;
      const part = `answer.${name}[${String(i)}]`;
      return { part, message: `the entries make it ${follows}, but the answer says ${said}` };
    }
  }
  return undefined;
}

function textOf(item: object | undefined): string {
  return item === undefined ? 'nothing' : canonicalJson(item as Json);
}
