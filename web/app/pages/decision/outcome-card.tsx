/** What was decided, how surely, when, by which endpoint and about whom. */
import { Gavel } from 'lucide-react';
import type { ReactNode } from 'react';

import type { ValueState } from '../../graphql/operations.gen.js';
import { membersOf, numberOf } from '../../api/json.js';
import { CodeVersion } from '../../parts/code-version.js';
import { showNumber } from '../../parts/number.js';
import { Time } from '../../parts/time.js';
import { Personal } from '../../parts/value-state.js';
import type { Storyline } from './storyline.js';

const MODES: Readonly<Record<string, string>> = {
  LIVE: 'live: it took effect',
  SHADOW: 'shadow: it ran beside the one that took effect',
  TEST: 'test',
  BACKFILL: 'backfill: made later for earlier data',
};

export function OutcomeCard({ story }: { readonly story: Storyline }): ReactNode {
  const { prediction } = story;
  return (
    <section className="chapter chapter-Prediction" aria-label="Outcome">
      <span className="bead" aria-hidden="true">
        <span className="kind kind-Prediction">
          <Gavel />
        </span>
      </span>
      <div className="card outcome">
        <div className="outcome-head">
          <p className="outcome-word">
            {prediction.outcome ?? <span className="absent">no outcome stated</span>}
          </p>
          {prediction.score === null ? null : <Score story={story} score={prediction.score} />}
        </div>
        <Personal state={stateOf(story, 'value/explanation')}>
          <p className="explanation">{prediction.explanation}</p>
        </Personal>
        <Particulars story={story} />
      </div>
    </section>
  );
}

function Particulars({ story: { prediction, ...story } }: { readonly story: Storyline }): ReactNode {
  return (
    <dl className="facts two">
      <dt>Decided</dt>
      <dd>
        <Time value={prediction.decidedAt} />
      </dd>
      <dt>About</dt>
      <dd>
        <Personal state={stateOf({ prediction, ...story }, 'value/subjects/0')}>
          {prediction.subjects?.join(', ')}
        </Personal>
      </dd>
      <dt>Mode</dt>
      <dd>{MODES[prediction.mode] ?? prediction.mode}</dd>
      <dt>Endpoint</dt>
      <dd>{prediction.endpoint ?? <span className="absent">not stated</span>}</dd>
      <dt>Prepared by</dt>
      <dd>
        <CodeVersion code={prediction.preprocessing} />
      </dd>
      <dt>Recorded</dt>
      <dd>
        <Time value={prediction.recordedAt} />
      </dd>
    </dl>
  );
}

/** The score on a line from 0 to 1 with the model's threshold, where both are there and lie on it. */
function Score({ story, score }: { readonly story: Storyline; readonly score: number }): ReactNode {
  const { hyperparameters } = membersOf(story.model?.artifact.fields);
  const threshold = numberOf(membersOf(hyperparameters).threshold);
  const onLine = score >= 0 && score <= 1;
  return (
    <div className="score">
      <p>
        score <strong>{showNumber(score)}</strong>
        {threshold === undefined ? null : <span className="fine"> threshold {showNumber(threshold)}</span>}
      </p>
      {onLine ? (
        <svg viewBox="0 0 200 14" className="score-line" aria-hidden="true" preserveAspectRatio="none">
          <rect x="0" y="5" width="200" height="4" rx="2" className="score-rail" />
          <rect x="0" y="5" width={score * 200} height="4" rx="2" className="score-fill" />
          {threshold === undefined ? null : (
            <rect x={threshold * 200 - 1} y="0" width="2" height="14" className="score-mark" />
          )}
        </svg>
      ) : null}
    </div>
  );
}

/** What can be read of a personal value; one that was never declared is missing. */
function stateOf({ prediction }: Pick<Storyline, 'prediction'>, path: string): ValueState {
  return prediction.personal.find((member) => member.path === path)?.state ?? 'MISSING';
}
