/** The runs in the ancestry, the nearest first, each with the code that ran. */
import type { ReactNode } from 'react';

import { ArtifactLink } from '../../parts/artifact-link.js';
import { CodeVersion } from '../../parts/code-version.js';
import { Time } from '../../parts/time.js';
import type { Storyline } from './storyline.js';

export function Runs({ story: { steps } }: { readonly story: Storyline }): ReactNode {
  if (steps.length === 0) return <p className="absent">No run is known in its ancestry.</p>;
  return (
    <ol className="runs">
      {steps.map((step) => (
        <li key={step.id}>
          <span className="run-name">
            <ArtifactLink id={step.id} />
          </span>
          <RunState state={step.state} />
          <Time value={step.endedAt ?? step.startedAt} day />
          <CodeVersion code={step.code} />
        </li>
      ))}
    </ol>
  );
}

function RunState({ state }: { readonly state: string | null }): ReactNode {
  if (state === null) return <span className="chip warn">never said how it ended</span>;
  const tone = { COMPLETED: 'good', FAILED: 'bad', ABORTED: 'bad' }[state] ?? 'warn';
  return <span className={`chip ${tone}`}>{state.toLowerCase()}</span>;
}
