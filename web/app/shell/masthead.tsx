/** The top of every page: where one can go, what to look for, and who is signed in. */
import { Bookmark, BookmarkCheck, BookOpen, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link, useLocation, useSearch } from 'wouter';

import { endSession } from '../api/query-client.js';
import { signOut, type Session } from '../api/session.js';
import { useStore } from '../api/store.js';
import { Time } from '../parts/time.js';
import { artifactAddress } from './addresses.js';
import { FindBox } from './find-box.js';
import { removeView, savedViews, saveView } from './saved-views.js';
import { nextTheme, theme } from './theme.js';

const PLACES = [
  ['/', 'Home'],
  ['/explore', 'Lineage'],
  ['/impact', 'Impact'],
  ['/compare', 'Compare'],
  ['/root-cause', 'Root cause'],
  ['/governance', 'Governance'],
] as const;

/** Pages with something for the holder of a grant. */
const OF_GRANTS: ReadonlySet<string> = new Set(['/', '/explore', '/impact', '/compare']);

export function Masthead({ session }: { readonly session: Session }): ReactNode {
  const [path, go] = useLocation();
  const isReader = session.scopes.includes('READ_LINEAGE');
  return (
    <header className="masthead">
      <Link href="/" className="brand">
        <Mark /> Pedigree
      </Link>
      <nav aria-label="Pages">
        {PLACES.filter(([href]) => isReader || OF_GRANTS.has(href)).map(([href, label]) => (
          <Link key={href} href={href} aria-current={path === href ? 'page' : undefined}>
            {label}
          </Link>
        ))}
      </nav>
      <FindBox label="Find an artifact" slash choose={(id) => go(artifactAddress(id))} />
      <div className="masthead-tools">
        <SaveButton />
        <a href="/graphiql/" className="tool" title="GraphiQL: ask anything">
          <BookOpen aria-hidden="true" />
          <span className="unseen">GraphiQL: ask anything</span>
        </a>
        <ThemeButton />
        <Account session={session} />
      </div>
    </header>
  );
}

/** Effect, cause: two nodes and the edge between them. */
export function Mark(): ReactNode {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" className="mark-ground" />
      <path d="M9 9v6.500a3 3 0 0 0 3 3h8" className="mark-edge" />
      <circle cx="9" cy="8.500" r="3" className="mark-effect" />
      <circle cx="22" cy="18.500" r="3" className="mark-cause" />
    </svg>
  );
}

function SaveButton(): ReactNode {
  const views = useStore(savedViews);
  const [path] = useLocation();
  const search = useSearch();
  const here = search === '' ? path : `${path}?${search}`;
  const isSaved = views.some((view) => view.path === here);
  const label = isSaved ? 'Saved: remove this view' : 'Save this view';
  const toggle = (): void => {
    if (isSaved) removeView(here);
    else saveView({ name: document.title.replace(/ · Pedigree$/, ''), path: here });
  };
  return (
    <button type="button" className="tool" aria-pressed={isSaved} onClick={toggle} title={label}>
      {isSaved ? <BookmarkCheck aria-hidden="true" /> : <Bookmark aria-hidden="true" />}
      <span className="unseen">Save this view</span>
    </button>
  );
}

function ThemeButton(): ReactNode {
  const chosen = useStore(theme);
  const Icon = { system: Monitor, light: Sun, dark: Moon }[chosen];
  const label = `Colours: ${chosen === 'system' ? 'as the system' : chosen}. Change them.`;
  return (
    <button type="button" className="tool" onClick={nextTheme} title={label}>
      <Icon aria-hidden="true" />
      <span className="unseen">{label}</span>
    </button>
  );
}

function Account({ session }: { readonly session: Session }): ReactNode {
  const [failed, setFailed] = useState(false);
  const leave = (): void => {
    signOut().then(
      () => endSession('signed-out'),
      () => setFailed(true),
    );
  };
  return (
    <details className="account">
      <summary>
        <span className="initial" aria-hidden="true">
          {session.name.slice(0, 1).toUpperCase()}
        </span>
        <span className="unseen">Signed in as </span>
        {session.name}
      </summary>
      <div className="account-card">
        <dl>
          <dt>Role</dt>
          <dd>{session.roles.length === 0 ? 'holder of a grant' : session.roles.join(', ')}</dd>
          <dt>Until</dt>
          <dd>
            <Time value={session.expiresAt} />
          </dd>
        </dl>
        <button type="button" className="button quiet" onClick={leave}>
          <LogOut aria-hidden="true" /> Sign out
        </button>
        {failed ? <p role="alert">The server did not answer; you are still signed in.</p> : null}
      </div>
    </details>
  );
}
