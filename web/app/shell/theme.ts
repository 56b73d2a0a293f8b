/** Light or dark: the system's choice, or one's own, which the browser keeps. */
import { Store } from '../api/store.js';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'pedigree.theme';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

function kept(): Theme {
  const text = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === text) ?? 'system';
}

export const theme = new Store<Theme>(kept());

/** Before anything is drawn, so that nothing flashes. */
export function applyTheme(): void {
  const apply = (): void => {
    document.documentElement.dataset.theme = theme.get();
  };
  apply();
  theme.subscribe(() => {
    localStorage.setItem(KEY, theme.get());
    apply();
  });
}

export function nextTheme(): void {
  theme.set(THEMES[(THEMES.indexOf(theme.get()) + 1) % THEMES.length] ?? 'system');
}
