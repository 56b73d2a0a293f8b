/** The frame of a page: its heading, which is also the window's title and where the keyboard begins. */
import { useEffect, useRef, type ReactNode } from 'react';

interface PageProps {
  readonly title: string;
  /** Above the heading: what kind of page it is. */
  readonly kicker?: ReactNode;
  /** The heading, where it is more than the title. */
  readonly heading?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** The first page of a visit leaves the focus where it is. */
let visited = false;

export function Page({ title, kicker, heading, wide = false, children }: PageProps): ReactNode {
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (visited) top.current?.focus({ preventScroll: true });
    visited = true;
  }, []);
  useEffect(() => {
    document.title = `${title} · Pedigree`;
  }, [title]);
  return (
    <div className={wide ? 'page wide' : 'page'}>
      <div className="page-top">
        {kicker === undefined ? null : <p className="kicker">{kicker}</p>}
        <h1 ref={top} tabIndex={-1}>
          {heading ?? title}
        </h1>
      </div>
      {children}
    </div>
  );
}
