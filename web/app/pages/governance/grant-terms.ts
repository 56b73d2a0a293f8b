/** What the form says, as the API takes it. What is wrong in it is for the server to say. */
import type { GrantDirection, GrantInput, Reveal } from '../../graphql/operations.gen.js';
import { ALL_KINDS } from '../../parts/artifact-id.js';

const DAY_MS = 86_400_000;

/** @param now milliseconds since the epoch, from which the days count */
export function termsOf(form: FormData, roots: readonly string[], now: number): GrantInput {
  const text = (name: string): string | null => {
    const value = form.get(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  const number = (name: string): number | null => (text(name) === null ? null : Number(text(name)));
  const ticked = ALL_KINDS.filter((kind) => form.getAll('kinds').includes(kind));
  // Names of profiles have no spaces.
  const [name = '', digest = ''] = text('profile')?.split(' ') ?? [];
  return {
    holder: text('holder') ?? '',
    purpose: text('purpose') ?? '',
    caseRef: text('caseRef'),
    roots,
    direction: text('direction') as GrantDirection,
    depth: number('depth'),
    // All of them is no bound: kinds that come later are visible, too.
    kinds: ticked.length === ALL_KINDS.length ? null : ticked,
    decidedFrom: moment(text('decidedFrom')),
    decidedTo: moment(text('decidedTo')),
    reveal: text('reveal') as Reveal,
    personal: form.has('personal'),
    profile: name === '' ? null : { name, digest },
    budget: number('budget'),
    expiresAt: new Date(now + (number('days') ?? 0) * DAY_MS).toISOString(),
  };
}

/** The form's moments have no zone: they are meant as UTC. */
function moment(text: string | null): string | null {
  return text === null ? null : `${text}${text.length === 16 ? ':00' : ''}Z`;
}
