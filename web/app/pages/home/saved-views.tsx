/** Addresses that somebody keeps, by a name: in this browser, because they say nothing that the address did not. */
import { Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { useStore } from '../../api/store.js';
import { savedViews, removeView } from '../../shell/saved-views.js';

export function SavedViews(): ReactNode {
  const views = useStore(savedViews);
  return (
    <section className="card" aria-labelledby="saved">
      <h2 id="saved">Saved views</h2>
      {views.length === 0 ? (
        <p className="absent">“Save this view” on any page keeps it here, in this browser.</p>
      ) : null}
      <p className="fine">
        A name and an address each, in this browser alone: no token and no answer of the server.
      </p>
      <ul className="recent">
        {views.map(({ name, path }) => (
          <li key={path}>
            <Link href={path}>{name}</Link>
            <button type="button" className="tool" onClick={() => removeView(path)}>
              <Trash2 aria-hidden="true" />
              <span className="unseen">Remove {name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
