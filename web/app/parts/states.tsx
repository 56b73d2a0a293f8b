/** What a page shows while there is nothing to show yet, nothing at all, or a failure. */
import { CircleSlash, Lock, SearchX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

import { AskError, SERVER_GONE } from '../api/ask.js';

export function Loading({ what }: { readonly what: string }): ReactNode {
  return (
    <div className="state loading" role="status">
      <span className="skeleton wide" />
      <span className="skeleton" />
      <span className="skeleton narrow" />
      <span className="unseen">Loading {what} …</span>
    </div>
  );
}

/** Nothing there, and what one could do about it. */
export function Empty({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <div className="state">
      <CircleSlash aria-hidden="true" />
      <p className="state-title">{title}</p>
      {children}
    </div>
  );
}

interface FailureProps {
  readonly error: Error;
  /** Asks again; without it there is no button. */
  readonly again?: () => void;
}

export function Failure({ error, again }: FailureProps): ReactNode {
  const code = error instanceof AskError ? error.code : 'DEFECT';
  const [Icon, title] = SAYS[code] ?? [TriangleAlert, 'This could not be answered'];
  return (
    <div className="state failure" role="alert">
      <Icon aria-hidden="true" />
      <p className="state-title">{title}</p>
      <p>{error.message}</p>
      <p className="fine">
        <code>{code}</code>
      </p>
      {again && code !== SERVER_GONE ? (
        <button type="button" className="button quiet" onClick={again}>
          Try again
        </button>
      ) : null}
    </div>
  );
}

/** Forbidden and missing look the same where the server says them the same. */
const SAYS: Readonly<Record<string, readonly [typeof Lock, string]>> = {
  FORBIDDEN: [Lock, 'Your role may not see this'],
  NOT_FOUND: [SearchX, 'There is nothing here that you may see'],
  SERVER_GONE: [TriangleAlert, 'Waiting for the server'],
  DEFECT: [TriangleAlert, 'This page has a defect'],
};
