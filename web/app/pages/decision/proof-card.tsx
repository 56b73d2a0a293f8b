/** “Verify in this browser”: the evidence file is checked here, step by step, and nobody has to be believed. */
import { useMutation } from '@tanstack/react-query';
import { CircleCheck, CircleDashed, CircleX, ShieldCheck, TriangleAlert } from 'lucide-react';
import { useRef, type ReactNode, type RefObject, type SubmitEvent } from 'react';

import type { Storyline } from './storyline.js';
import { stepsOf, type ProofStep } from './proof-steps.js';
import type { Verified } from './verified.js';
import { verifyHere } from './verify.js';

export function ProofCard({ story }: { readonly story: Storyline }): ReactNode {
  const key = useRef<HTMLInputElement>(null);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => verifyHere(story, key.current?.value.trim() ?? ''),
  });
  const start = (event: SubmitEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <section className="card proof" aria-label="Proof">
      <h2>
        <ShieldCheck aria-hidden="true" /> Believe it
      </h2>
      <p className="fine">
        The evidence for this decision is checked in this browser, by the same code as{' '}
        <code>pedigree verify</code>.
      </p>
      <form onSubmit={start} className="proof-form">
        <KeyField input={key} />
        <button type="submit" className="button" disabled={isPending}>
          {isPending ? 'Verifying …' : 'Verify in this browser'}
        </button>
      </form>
      <div role="status">
        {data ? <Verdict verified={data} pinned={key.current?.value.trim() !== ''} /> : null}
      </div>
      {error ? <p role="alert">{error.message}</p> : null}
    </section>
  );
}

function KeyField({ input }: { readonly input: RefObject<HTMLInputElement | null> }): ReactNode {
  return (
    <details>
      <summary>Use a key of my own</summary>
      <label htmlFor="log-key">The log’s public key, got in another way than from this server</label>
      <input
        id="log-key"
        ref={input}
        autoComplete="off"
        spellCheck={false}
        placeholder="<name>+<id>+<base64>"
      />
    </details>
  );
}

const ICONS = { good: CircleCheck, bad: CircleX, warn: TriangleAlert, unreached: CircleDashed } as const;
const WORDS = {
  good: 'holds',
  bad: 'does not hold',
  warn: 'holds in part',
  unreached: 'not reached',
} as const;

function Verdict({ verified, pinned }: { readonly verified: Verified; readonly pinned: boolean }): ReactNode {
  const steps = stepsOf(verified);
  const worst =
    (['bad', 'warn', 'good'] as const).find((state) => steps.some((step) => step.state === state)) ?? 'bad';
  const title = { good: 'Verified', warn: 'Proved in part', bad: 'Not verified' }[worst];
  return (
    <>
      <p className={`proof-verdict ${worst}`}>{title}</p>
      <ol className="proof-steps">
        {steps.map((step) => (
          <Step key={step.title} step={step} />
        ))}
      </ol>
      {pinned ? null : (
        <p className="fine">
          The key came from this server: <code>{verified.key}</code>. Compare it with one that you got in
          another way.
        </p>
      )}
      {'verdict' in verified.answer ? <Unproved items={verified.answer.verdict.unproved} /> : null}
    </>
  );
}

function Step({ step: { title, detail, state } }: { readonly step: ProofStep }): ReactNode {
  const Icon = ICONS[state];
  return (
    <li className={`proof-step ${state}`}>
      <Icon aria-hidden="true" />
      <p>
        <span className="unseen">{WORDS[state]}: </span>
        {title}
        <span className="fine">{detail}</span>
      </p>
    </li>
  );
}

function Unproved({ items }: { readonly items: readonly string[] }): ReactNode {
  if (items.length === 0) return null;
  return (
    <details>
      <summary>What no such file can prove</summary>
      <ul className="fine bullets">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </details>
  );
}
