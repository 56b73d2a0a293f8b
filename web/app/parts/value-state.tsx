/** Why a personal value is not here, said plainly. */
import { Eraser, EyeOff, KeyRound, Lock, Minus } from 'lucide-react';
import type { ReactNode } from 'react';

import type { ValueState } from '../graphql/operations.gen.js';

type Unread = Exclude<ValueState, 'OPEN' | 'MASKED'>;

const SAYS: Readonly<Record<Unread, readonly [typeof Lock, string, string]>> = {
  WITHHELD: [Lock, 'withheld', 'It is there, but your role may not read personal values.'],
  ERASED: [Eraser, 'erased', 'It was erased together with its key: nobody can read it any more.'],
  KEY_LOST: [KeyRound, 'key lost', 'Nobody erased it, but its key is not in the key store.'],
  MISSING: [Minus, 'not stated', 'It was never declared.'],
};

function Unreadable({ state }: { readonly state: Unread }): ReactNode {
  const [Icon, word, why] = SAYS[state];
  return (
    <span className={`chip state-${state}`} title={why}>
      <Icon aria-hidden="true" /> {word}
    </span>
  );
}

/** A value that may not be readable: shown if it is, and the reason if it is not. */
export function Personal({
  state,
  children,
}: {
  readonly state: ValueState;
  readonly children: ReactNode;
}): ReactNode {
  if (state === 'OPEN') return children;
  if (state !== 'MASKED') return <Unreadable state={state} />;
  return (
    <>
      {children}{' '}
      <span
        className="chip state-MASKED"
        title="Less than what was declared, by a redaction profile: asserted, not proved."
      >
        <EyeOff aria-hidden="true" /> masked
      </span>
    </>
  );
}
