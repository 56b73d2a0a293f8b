/** What the embedded key store's index keeps of subjects and of keys. */
import type { GenerationState } from './key-store.js';

/** The newest key of a subject, and the names of those before it, oldest first. */
export interface SubjectRecord {
  readonly kid: string;
  readonly generation: number;
  readonly slot: number;
  readonly earlier?: readonly string[];
}

export const DESTROYED = 'DESTROYED';
/** What is known of a key by its name: the slot of a current one, that of a retired one, or that it is no more. */
export type KidRecord = number | { readonly retired: number; readonly restricted?: true } | typeof DESTROYED;

/** Slots of the log key and of the index key, which come before those of subjects. */
export const OWN_SLOTS = 2;

/** The record of a subject's new key, which follows the one before. */
export function nextRecord(kid: string, slot: number, last: SubjectRecord | undefined): SubjectRecord {
  if (!last) return { kid, generation: 1, slot };
  return { kid, generation: last.generation + 1, slot, earlier: [...(last.earlier ?? []), last.kid] };
}

/** How many subjects' keys had been made when the key of this slot was, itself included. */
export function serialOf(slot: number): number {
  return slot - OWN_SLOTS + 1;
}

export function slotOf(record: Exclude<KidRecord, typeof DESTROYED>): number {
  return typeof record === 'number' ? record : record.retired;
}

export function stateOf(record: KidRecord | undefined): GenerationState {
  if (typeof record === 'number') return 'CURRENT';
  return typeof record === 'object' ? 'RETIRED' : 'DESTROYED';
}
