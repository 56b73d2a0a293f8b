/** Copies a text, and says whether that worked. */
import { Check, Copy, TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';

interface CopyButtonProps {
  readonly text: () => string;
  readonly children: ReactNode;
}

type State = 'ready' | 'copied' | 'failed';

export function CopyButton({ text, children }: CopyButtonProps): ReactNode {
  const [state, setState] = useState<State>('ready');
  const Icon = { ready: Copy, copied: Check, failed: TriangleAlert }[state];
  const copy = (): void => {
    copyText(text()).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  };
  return (
    <button type="button" className="button quiet" onClick={copy} onBlur={() => setState('ready')}>
      <Icon aria-hidden="true" /> {children}
      <span role="status" className="copy-state">
        {{ ready: '', copied: 'copied', failed: 'the browser refused' }[state]}
      </span>
    </button>
  );
}

/** Browsers have no clipboard on pages without TLS, other than on localhost. */
async function copyText(text: string): Promise<void> {
  if (!('clipboard' in navigator)) throw new Error('no clipboard here');
  await navigator.clipboard.writeText(text);
}
