/** Finds artifacts as one types, by name, owner, column or the beginning of an id. A combobox as WAI-ARIA describes it. */
import { Search } from 'lucide-react';
import {
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';

import { useMay } from '../api/session.js';
import { useAnswer } from '../api/use-answer.js';
import { FindDocument, type FindQuery } from '../graphql/operations.gen.js';
import { isId, parseId } from '../parts/artifact-id.js';
import { KindMark } from '../parts/kind-mark.js';

type Hit = FindQuery['search']['items'][number];

interface FindBoxProps {
  readonly label: string;
  readonly choose: (id: string) => void;
  /** Whether "/" anywhere on the page leads here. */
  readonly slash?: boolean;
}

/** Shorter texts find too much. */
const SHORTEST = 2;
const PAUSE_MS = 120;

export function FindBox({ label, choose, slash = false }: FindBoxProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  const { may, text, hits, active, expanded, said, type, onKey, take, close } = useFinding(choose);
  useSlash(slash ? input : undefined);
  return (
    <div role={slash ? 'search' : undefined} className="find-box" onBlur={close}>
      <Search aria-hidden="true" />
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-label={label}
        aria-expanded={expanded}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={expanded && hits.length > 0 ? `${list}-${String(active)}` : undefined}
        placeholder={may ? 'Find a name, owner, column or id' : 'The id of an artifact; Enter'}
        spellCheck={false}
        autoComplete="off"
        maxLength={200}
        value={text}
        onKeyDown={onKey}
        onChange={({ target }) => type(target.value)}
      />
      {slash ? <kbd aria-hidden="true">/</kbd> : null}
      <Hits list={list} hits={hits} active={active} shown={expanded} take={take} />
      <p role="status" className={expanded && hits.length === 0 ? 'find-none' : 'unseen'}>
        {expanded ? said : null}
      </p>
    </div>
  );
}

interface Finding {
  /** Whether the reader may search. */
  readonly may: boolean;
  readonly text: string;
  readonly hits: readonly Hit[];
  readonly active: number;
  readonly expanded: boolean;
  readonly said: string;
  readonly type: (text: string) => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly take: (id: string) => void;
  readonly close: () => void;
}

/** What is typed, what was found for it, and which of that the arrow keys point at. */
function useFinding(choose: (id: string) => void): Finding {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const asked = useSettled(text.trim());
  // Holders of grants may not search: they enter an id.
  const may = useMay('READ_LINEAGE');
  const when = may && asked.length >= SHORTEST;
  const { data, error, isPlaceholderData } = useAnswer(
    FindDocument,
    { text: asked, kinds: null },
    { when, keep: true },
  );
  const hits = when ? (data?.search.items ?? []) : [];
  // What was found for an earlier text is not what Enter means.
  const isCurrent = asked === text.trim() && !isPlaceholderData;
  const type = (typed: string): void => {
    setText(typed);
    setActive(0);
    setOpen(true);
  };
  const take = (id: string): void => {
    setText('');
    setOpen(false);
    choose(id);
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && hits.length > 0) setActive((active + step + hits.length) % hits.length);
    if (event.key === 'Escape') setOpen(false);
    const found = isId(text.trim()) ? text.trim() : isCurrent ? hits[active]?.artifact.id : undefined;
    if (event.key === 'Enter' && found !== undefined) take(found);
    if (step !== undefined || event.key === 'Enter') event.preventDefault();
  };
  const expanded = open && text.trim().length >= SHORTEST;
  const words = may ? said(error, data, hits, isCurrent) : 'A complete id is required; Enter opens it.';
  return { may, text, hits, active, expanded, said: words, type, onKey, take, close: () => setOpen(false) };
}

function said(
  error: Error | null,
  data: FindQuery | undefined,
  hits: readonly Hit[],
  settled: boolean,
): string {
  if (error) return error.message;
  if (!settled || !data) return 'Looking …';
  return hits.length === 0 ? 'Nothing was found' : `${String(hits.length)} found`;
}

interface HitsProps {
  readonly list: string;
  readonly hits: readonly Hit[];
  readonly active: number;
  readonly shown: boolean;
  readonly take: (id: string) => void;
}

function Hits({ list, hits, active, shown, take }: HitsProps): ReactNode {
  return (
    <ul
      id={list}
      role="listbox"
      aria-label="Found"
      className="find-list"
      hidden={!shown || hits.length === 0}
    >
      {hits.map(({ match, matched, artifact: { id } }, i) => (
        <li
          key={id}
          id={`${list}-${String(i)}`}
          role="option"
          aria-selected={i === active}
          // Before the field loses its focus, and with it the list its place.
          onMouseDown={(event) => {
            event.preventDefault();
            take(id);
          }}
        >
          <KindMark kind={parseId(id).kind} />
          <span className="artifact-name">
            {parseId(id).name}
            <span className="version">@{parseId(id).version}</span>
          </span>
          <span className="fine">
            {match === 'OWNER' || match === 'COLUMN'
              ? `${match.toLowerCase()} ${matched}`
              : parseId(id).namespace}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A text that has not changed for a moment: not every key is a question. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** "/" outside a field leads to the input. */
function useSlash(input: RefObject<HTMLInputElement | null> | undefined): void {
  useEffect(() => {
    if (!input) return;
    const onKey = (event: globalThis.KeyboardEvent): void => {
      const { tagName } = event.target as HTMLElement;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || /INPUT|TEXTAREA|SELECT/.test(tagName))
        return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [input]);
}
