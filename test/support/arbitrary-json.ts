/** JSON values that an entry may hold, for properties: no null, no lone surrogate, no number above 2^53 − 1. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/domain/json.js';

/** Any text without lone surrogates, quotes, backslashes, colons and controls among it. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', '\\', ':', '{', '}', '[', ',', '\n', '\u0000', 'u', '0', 'é') }),
);

/** A member's name; `__proto__` is the one that declarations may not have. */
export const anyName = anyText.filter((name) => name !== '__proto__');

/** Any number that an entry may hold. */
export const anyNumber = fc.oneof(
  fc.maxSafeInteger(),
  fc
    .double({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, noNaN: true })
    // The canonical form has no minus zero.
    .map((x) => x + 0),
);

const tree = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
  object: fc.dictionary(anyName, tie('value'), { maxKeys: 5, depthIdentifier: 'json' }),
  value: fc.oneof(
    { depthIdentifier: 'json', maxDepth: 5 },
    anyText,
    anyNumber,
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 5, depthIdentifier: 'json' }),
    tie('object'),
  ),
}));

export const anyJson = tree.value;
export const anyJsonObject = tree.object;
