/** One part of a storyline, hung on its spine. */
import { useId, type ReactNode } from 'react';

import type { Kind } from '../graphql/operations.gen.js';
import { KindMark } from './kind-mark.js';

interface ChapterProps {
  readonly title: string;
  readonly kind?: Kind;
  readonly children: ReactNode;
}

export function Chapter({ title, kind, children }: ChapterProps): ReactNode {
  const id = useId();
  return (
    <section className={`chapter chapter-${kind ?? 'none'}`} aria-labelledby={id}>
      <span className="bead" aria-hidden="true">
        {kind ? <KindMark kind={kind} /> : <span className="bead-dot" />}
      </span>
      <div className="card">
        <h2 id={id}>{title}</h2>
        {children}
      </div>
    </section>
  );
}
