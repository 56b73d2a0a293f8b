/** A declared value of any shape, shown so that it can be read. */
import type { ReactNode } from 'react';

import type { Json } from '../api/json.js';
import { showNumber } from './number.js';

export function JsonValue({ value }: { readonly value: Json }): ReactNode {
  if (value === null) return <span className="absent">none</span>;
  if (typeof value === 'number') return <span title={String(value)}>{showNumber(value)}</span>;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return looksLikeCode(value) ? <code>{value}</code> : value;
  if (Array.isArray(value)) return <ListValue items={value as readonly Json[]} />;
  return <Members members={value as Readonly<Record<string, Json>>} />;
}

function ListValue({ items }: { readonly items: readonly Json[] }): ReactNode {
  if (items.every((item) => typeof item !== 'object' || item === null)) {
    return items.map((item) => (typeof item === 'number' ? showNumber(item) : String(item))).join(', ');
  }
  return (
    <ol className="json-list">
      {items.map((item, i) => (
        <li key={i}>
          <JsonValue value={item} />
        </li>
      ))}
    </ol>
  );
}

export function Members({ members }: { readonly members: Readonly<Record<string, Json>> }): ReactNode {
  return (
    <dl className="facts">
      {Object.entries(members).map(([name, value]) => (
        <div key={name} className="fact">
          <dt>{wordsOf(name)}</dt>
          <dd>
            <JsonValue value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** `weightsDigest` reads “weights digest”. */
export function wordsOf(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, (_all, a: string, b: string) => `${a} ${b.toLowerCase()}`);
}

function looksLikeCode(text: string): boolean {
  const isPath = text.indexOf('/') > 0 && /^\S+$/.test(text) && /[^/]\.\w+$/.test(text);
  return isPath || /^(sha256:)?[0-9a-f]{32,}$|^[a-z]+:[^ @]+@[^ ]+$/.test(text);
}
