/** A declared contract is one that can be checked: otherwise a gate would find out, on the day it is needed. */
import { z } from 'zod';
import { parseTables } from '../domain/contract/parse-contract.js';
import { attempt, PedigreeError } from '../domain/errors.js';
import { canonicalJson, type JsonObject } from '../domain/json.js';
import { sha256 } from '../ledger/sha256.js';

export const contractDocument = z.record(z.string(), z.unknown()).superRefine((document, context) => {
  const refused = attempt(() => parseTables(document));
  if (!(refused instanceof PedigreeError)) return;
  context.addIssue({ code: 'custom', message: `must be a contract (${refused.message})` });
});

/** As the SDK's `jsonDigestOf`. */
export function digestOf(document: Readonly<Record<string, unknown>>): string {
  const text = new TextEncoder().encode(canonicalJson(document as JsonObject));
  return `sha256:${Buffer.from(sha256(text)).toString('hex')}`;
}
