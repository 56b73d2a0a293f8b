/** Addresses kept in this browser. They are page addresses with ids, and no answer of the server. */
import { Store } from '../api/store.js';

export interface SavedView {
  readonly name: string;
  readonly path: string;
}

const KEY = 'pedigree.views';
/** The oldest goes when there are more. */
const MOST = 50;

export const savedViews = new Store<readonly SavedView[]>(read());

savedViews.subscribe(() => localStorage.setItem(KEY, JSON.stringify(savedViews.get())));

export function saveView(view: SavedView): void {
  const others = savedViews.get().filter(({ path }) => path !== view.path);
  savedViews.set([view, ...others].slice(0, MOST));
}

export function removeView(path: string): void {
  savedViews.set(savedViews.get().filter((view) => view.path !== path));
}

/** What is kept may be of another version, or of another page on this host: what is no view is left out. */
function read(): SavedView[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView) : [];
  } catch {
    return [];
  }
}

function isView(view: unknown): view is SavedView {
  const { name, path } = (view ?? {}) as Partial<SavedView>;
  return typeof name === 'string' && typeof path === 'string' && /^\/(?!\/)/.test(path);
}
