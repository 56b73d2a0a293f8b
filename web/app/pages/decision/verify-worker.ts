/**
 * Verifies evidence beside the page, with the same code as `pedigree verify`, and then compares what the page shows with
 * what was proved: the file's disclosures are the ones that the verdict is about.
 */
import { verifyEvidence } from '../../../../src/verify/index.js';
import type { Json } from '../../api/json.js';
import type { Claim } from './claims.js';
import type { Compared, VerifyAnswer } from './verified.js';

export interface VerifyRequest {
  readonly file: string;
  readonly key: string;
  readonly claims: readonly Claim[];
}

addEventListener('message', ({ data }: MessageEvent<VerifyRequest>) => postMessage(answer(data)));

function answer({ file, key, claims }: VerifyRequest): VerifyAnswer {
  try {
    const verdict = verifyEvidence(file, { key });
    const isSound = verdict.outcome === 'VERIFIED' || verdict.outcome === 'INCOMPLETE';
    return { verdict, compared: isSound ? compare(claims, statedIn(file)) : undefined };
  } catch (error) {
    return { failure: (error as Error).message };
  }
}

function compare(claims: readonly Claim[], stated: ReadonlyMap<string, string>): Compared {
  const found = claims.map(({ id, path, value }) => ({
    id,
    path,
    want: sorted(value),
    got: stated.get(`${id} ${path}`),
  }));
  return {
    same: found.filter(({ want, got }) => got === want).length,
    unstated: found.filter(({ got }) => got === undefined).length,
    different: found
      .filter(({ want, got }) => got !== undefined && got !== want)
      .map(({ id, path }) => `${id} ${path}`),
  };
}

/** Values by artifact and path, of a file that was found sound. */
function statedIn(file: string): Map<string, string> {
  const { entries } = JSON.parse(file) as { entries: readonly { readonly disclosures: readonly string[] }[] };
  const stated = new Map<string, string>();
  for (const { disclosures } of entries) {
    const opened = disclosures.map((text) => JSON.parse(decode(text)) as [string, string, Json]);
    const head = opened.find(([, path]) => path === 'head')?.[2] as { readonly id: string } | undefined;
    if (head) for (const [, path, value] of opened) state(stated, `${head.id} ${path}`, path, value);
  }
  return stated;
}

function state(stated: Map<string, string>, name: string, path: string, value: Json): void {
  if (!path.startsWith('value/features/')) {
    stated.set(name, sorted(value));
    return;
  }
  for (const [member, part] of Object.entries(value as Record<string, Json>))
    stated.set(`${name}#${member}`, sorted(part));
}

function decode(text: string): string {
  const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}

/** JSON with its members in order, so that equal values are equal texts. */
function sorted(value: Json): string {
  return JSON.stringify(value, (_name, part: Json) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
