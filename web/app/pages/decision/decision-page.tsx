/** A decision's storyline: from its outcome back to the raw rows, and what proves it. */
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';

import { useMay } from '../../api/session.js';
import { useAnswer } from '../../api/use-answer.js';
import { StorylineDocument } from '../../graphql/operations.gen.js';
import '../../styles/decision.css';
import { asOfFrom } from '../../parts/as-of.js';
import { parseId } from '../../parts/artifact-id.js';
import { Chapter } from '../../parts/chapter.js';
import { KindMark } from '../../parts/kind-mark.js';
import { Page } from '../../parts/page.js';
import { Empty, Failure, Loading } from '../../parts/states.js';
import { Actions } from './actions.js';
import { AlongTheWay } from './along-the-way.js';
import { CompletenessCard } from './completeness-card.js';
import { FeatureTable } from './feature-table.js';
import { ModelCard } from './model-card.js';
import { OutcomeCard } from './outcome-card.js';
import { ProofCard } from './proof-card.js';
import { RowPath } from './row-path.js';
import { Runs } from './runs.js';
import type { Storyline } from './storyline.js';

export function DecisionPage(): ReactNode {
  const [search] = useSearchParams();
  const id = search.get('id') ?? '';
  const asOf = asOfFrom(search.get('at'));
  const personal = useMay('READ_PERSONAL');
  const { data, error, isPending, refetch } = useAnswer(
    StorylineDocument,
    { prediction: id, asOf, personal },
    { when: id !== '' },
  );
  const { name, version } = parseId(id);
  return (
    <Page title={`Decision ${version}`} kicker={<Kicker id={id} />} heading={`Decision ${version || name}`}>
      {id === '' ? <Empty title="An address of a decision names its id" /> : null}
      {id !== '' && isPending ? <Loading what="the storyline" /> : null}
      {error ? <Failure error={error} again={() => void refetch()} /> : null}
      {data?.trace === null ? (
        <Empty title="There is no such decision that you may see">
          <p>
            <code>{id}</code>
          </p>
        </Empty>
      ) : null}
      {data?.trace ? <Story story={data.trace} personal={personal} /> : null}
    </Page>
  );
}

function Kicker({ id }: { readonly id: string }): ReactNode {
  const { namespace, name } = parseId(id);
  return (
    <>
      <KindMark kind="Prediction" word /> <span>{namespace === '' ? null : `${namespace}/${name}`}</span>
    </>
  );
}

function Story({ story, personal }: { readonly story: Storyline; readonly personal: boolean }): ReactNode {
  return (
    <div className="story">
      <div className="spine">
        <OutcomeCard story={story} />
        <Chapter title="Why: what each feature added" kind="FeatureDef">
          <FeatureTable story={story} />
        </Chapter>
        <Chapter title="The model that decided" kind="Model">
          <ModelCard story={story} />
        </Chapter>
        <Chapter title="The row, back to its source" kind="Dataset">
          <RowPath story={story} />
        </Chapter>
        <Chapter title="The runs behind it" kind="Transform">
          <Runs story={story} />
        </Chapter>
        <Chapter title="Checks, approvals and incidents on the way">
          <AlongTheWay story={story} />
        </Chapter>
      </div>
      <aside className="story-side" aria-label="Completeness and proof">
        <CompletenessCard story={story} />
        <ProofCard story={story} />
        <Actions story={story} personal={personal} />
      </aside>
    </div>
  );
}
