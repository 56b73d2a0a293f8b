/** Whether every link of the storyline is there; what is not, by name. */
import { CircleCheck, Unlink } from 'lucide-react';
import type { ReactNode } from 'react';

import { ArtifactLink } from '../../parts/artifact-link.js';
import { showCount } from '../../parts/number.js';
import type { Storyline } from './storyline.js';

export function CompletenessCard({ story }: { readonly story: Storyline }): ReactNode {
  const { complete, checked, missing } = story.completeness;
  return (
    <section className={`card verdict ${complete ? 'good' : 'bad'}`} aria-label="Completeness">
      <h2>
        {complete ? <CircleCheck aria-hidden="true" /> : <Unlink aria-hidden="true" />}
        {complete ? 'Every link is there' : `${showCount(missing.length)} missing`}
      </h2>
      <p className="fine">
        {showCount(checked)} artifacts looked at, as of {showCount(story.asOf)} entries of the log.
      </p>
      {missing.length === 0 ? null : (
        <ul className="missing">
          {missing.map(({ artifact, code, message }) => (
            <li key={`${artifact} ${code} ${message}`}>
              <ArtifactLink id={artifact} />
              <p>{message}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
