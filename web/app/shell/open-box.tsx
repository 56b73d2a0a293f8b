/** Opens an artifact by its id, from every page; "/" leads here. */
import { Search } from 'lucide-react';
import { useEffect, useRef, useState, type SubmitEvent, type ReactNode } from 'react';
import { useLocation } from 'wouter';

import { isId } from '../parts/artifact-id.js';
import { artifactAddress } from './addresses.js';

export function OpenBox(): ReactNode {
  const [, go] = useLocation();
  const [wrong, setWrong] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useSlash(() => input.current?.focus());
  const open = (event: SubmitEvent): void => {
    event.preventDefault();
    const id = input.current?.value.trim() ?? '';
    setWrong(!isId(id));
    if (isId(id)) go(artifactAddress(id));
  };
  return (
    <form role="search" className="open-box" onSubmit={open}>
      <Search aria-hidden="true" />
      <label className="unseen" htmlFor="open-id">
        Open an artifact by its id
      </label>
      <input
        ref={input}
        id="open-id"
        type="search"
        spellCheck={false}
        autoComplete="off"
        placeholder="kind:namespace/name@version"
        aria-invalid={wrong}
        aria-describedby="open-wrong"
      />
      <kbd aria-hidden="true">/</kbd>
      <p id="open-wrong" role="alert" className="open-wrong">
        {wrong ? 'An id is required, such as model:mortgage/denial-risk@1.' : null}
      </p>
    </form>
  );
}

/** Runs when "/" is pressed outside a field. */
function useSlash(run: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || /INPUT|TEXTAREA|SELECT/.test(target.tagName))
        return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}
