/** The keyboard in a drawing. */
import type { KeyboardEvent } from 'react';

import type { Layout } from './layout.js';
import { stepFrom } from './step-from.js';

/** Arrow keys on a box lead to another one, and Enter looks at it. */
export function walk(event: KeyboardEvent<HTMLElement>, layout: Layout, choose: (id: string) => void): void {
  const target = event.target as HTMLElement;
  const from = target.classList.contains('react-flow__node') ? target.dataset.id : undefined;
  if (from === undefined) return;
  if (event.key === 'Enter') choose(from);
  const to = stepFrom(layout, from, event.key);
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(to)}"]`)?.focus();
}
