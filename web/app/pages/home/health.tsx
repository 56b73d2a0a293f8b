/** How sound the lineage is, in a few numbers; each worry by name. */
import type { ReactNode } from 'react';
import { Link } from 'wouter';

import type { DashboardQuery, WatchKind } from '../../graphql/operations.gen.js';
import { KIND_WORDS } from '../../parts/artifact-id.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { KindMark } from '../../parts/kind-mark.js';
import { countOf, showCount, showShare } from '../../parts/number.js';
import { WATCH_WORDS } from '../../parts/watch-words.js';
import { address } from '../../shell/addresses.js';

type Shown = DashboardQuery['dashboard'];

const STANDING = {
  SOUND: ['good', 'The log is sound', 'The database has what was signed.'],
  BEHIND: ['bad', 'The log is behind', ''],
  DIVERGED: ['bad', 'The log has diverged', ''],
} as const;

export function Health({ shown }: { readonly shown: Shown }): ReactNode {
  const [tone, title, text] = STANDING[shown.log.standing];
  return (
    <section aria-label="Health" className="health">
      <ul className="kind-counts">
        {shown.kinds.map(({ kind, total }) => (
          <li key={kind}>
            <KindMark kind={kind} />
            <strong>{showCount(total)}</strong>
            <span>{KIND_WORDS[kind][total === '1' ? 0 : 1]}</span>
          </li>
        ))}
      </ul>
      <ul className="measures">
        <Measure
          tone={tone}
          title={title}
          text={shown.log.problem ?? text}
          note={`${showCount(shown.log.treeSize)} entries`}
        />
        <Placeholders shown={shown} />
        <Unfinished shown={shown} />
        <Watched shown={shown} />
      </ul>
    </section>
  );
}

function Placeholders({ shown }: { readonly shown: Shown }): ReactNode {
  return (
    <Measure
      tone={shown.placeholders === '0' ? 'good' : 'warn'}
      title={`${showShare(shown.completeness)} complete`}
      text={
        shown.placeholders === '0'
          ? 'Everything that anybody named is declared.'
          : `${countOf(shown.placeholders, ['artifact is', 'artifacts are'])} named and not declared.`
      }
    >
      {shown.newestPlaceholders.map(({ id }) => (
        <ArtifactLink key={id} id={id} />
      ))}
    </Measure>
  );
}

function Unfinished({ shown }: { readonly shown: Shown }): ReactNode {
  return (
    <Measure
      tone={shown.unfinishedRuns.total === 0 ? 'good' : 'warn'}
      title={countOf(shown.unfinishedRuns.total, ['unfinished run', 'unfinished runs'])}
      text={
        shown.unfinishedRuns.total === 0
          ? 'Every run said how it ended.'
          : 'They go on, or never said how they ended.'
      }
    >
      {shown.unfinishedRuns.items.map(({ id }) => (
        <ArtifactLink key={id} id={id} />
      ))}
    </Measure>
  );
}

/** What lineage watch finds beside the two that have a card of their own. */
function Watched({ shown: { watch } }: { readonly shown: Shown }): ReactNode {
  const isOther = ({ kind }: { readonly kind: WatchKind }): boolean =>
    kind !== 'UNFINISHED_RUN' && kind !== 'MISSING_PARENT';
  const totals = watch.totals.filter(isOther);
  const count = totals.reduce((sum, { total }) => sum + total, 0);
  return (
    <Measure
      tone={count === 0 ? 'good' : 'warn'}
      title={countOf(count, ['odd run', 'odd runs'])}
      text={
        count === 0
          ? 'No run is late, silent, missing or told by somebody new.'
          : totals.map(({ kind, total }) => `${WATCH_WORDS[kind][0]}: ${showCount(total)}`).join('. ')
      }
    >
      {watch.findings.filter(isOther).map(({ artifact, message }) => (
        <ArtifactLink key={`${artifact.id} ${message}`} id={artifact.id} />
      ))}
      <Link href={address('/governance', { tab: 'watch' })} className="button quiet">
        All that lineage watch finds
      </Link>
    </Measure>
  );
}

interface MeasureProps {
  readonly tone: 'good' | 'warn' | 'bad';
  readonly title: string;
  readonly text: string;
  readonly note?: string;
  readonly children?: ReactNode;
}

function Measure({ tone, title, text, note, children }: MeasureProps): ReactNode {
  return (
    <li className={`card measure ${tone}`}>
      <p className="measure-title">{title}</p>
      <p className="fine">
        {text} {note}
      </p>
      {children}
    </li>
  );
}
