/** What was attested about the decision and its ancestry, oldest first. Many harmless facts of one kind are folded. */
import { useState, type ReactNode } from 'react';

import { countOf } from '../../parts/number.js';
import { Fact, tell } from '../../parts/fact.js';
import type { Storyline } from './storyline.js';

type Told = Storyline['attestations'][number];

/** What a run says about itself is shown with the runs. */
const ELSEWHERE = new Set(['SUPPLEMENTS']);

export function AlongTheWay({ story }: { readonly story: Storyline }): ReactNode {
  const [all, setAll] = useState(false);
  const facts = story.attestations.filter(({ attestation }) => !ELSEWHERE.has(attestation.type));
  if (facts.length === 0) return <p className="absent">Nothing was attested about it or its ancestry.</p>;
  const harmless = facts.filter(isHarmless);
  const shown = all ? facts : facts.filter((fact) => !isHarmless(fact));
  return (
    <>
      <ol className="told-list">
        {shown.map(({ attestation, about }) => (
          <Fact key={attestation.id} fact={attestation} about={about} />
        ))}
      </ol>
      {harmless.length === 0 ? null : (
        <button type="button" className="button quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Fold' : 'Show'} {countOf(harmless.length, ['measurement', 'measurements'])} without drift
        </button>
      )}
    </>
  );
}

/** A feature that has not drifted is one of many, and says nothing new. */
function isHarmless({ attestation }: Told): boolean {
  return attestation.type === 'DRIFT' && tell(attestation).tone === 'good';
}
