/** What changed about an artifact and its ancestry between two points, and which decisions that affects (EU AI Act, Articles 72, 73). */
import type { Ancestry } from '../../lineage/ancestry.js';
import type { DecisionCount } from '../../lineage/decision-count.js';
import type { StoredProps } from '../../store/stored-values.js';
import { attestedStatement } from './attested.js';
import { gap, statement, type ReportBody, type ReportGap } from './report.js';

export interface Change {
  readonly since: number;
  readonly ancestry: Ancestry;
  readonly before: DecisionCount;
  readonly after: DecisionCount;
  /** The models that decided, by id. */
  readonly models: ReadonlyMap<string, StoredProps>;
}

export function changeImpact({ since, ancestry, before, after, models }: Change): ReportBody {
  const isNew = (props: StoredProps): boolean =>
    typeof props.leafIndex === 'number' && props.leafIndex >= since;
  const { root } = ancestry;
  const declared = [...ancestry.nodes.values()].filter(isNew);
  const attested = ancestry.attestations.filter(({ props }) => isNew(props));
  const exact = after.precision === 'EXACT' && before.precision === 'EXACT';
  return {
    title: `What changed about ${ancestry.id}`,
    asks: 'EU AI Act, Articles 72 and 73: what changed since then, and which decisions are affected.',
    sections: [
      {
        title: 'Declared since',
        statements: declared.map((props) => statement('New in the ancestry', String(props.id), props)),
      },
      { title: 'Attested since', statements: attested.map(attestedStatement) },
      {
        title: 'Decisions that depend on it',
        statements: [
          statement('At the earlier point', atMost(before), root),
          statement('At the later point', atMost(after), root),
          ...after.byModel.map(({ model, count }) =>
            statement('By model', `${model}: ${String(count)}`, models.get(model) ?? { id: model }),
          ),
        ],
      },
    ],
    gaps: gapsOf(ancestry, declared.length + attested.length > 0, exact),
  };
}

function gapsOf(ancestry: Ancestry, changed: boolean, exact: boolean): ReportGap[] {
  const { root } = ancestry;
  return [
    ...(!changed
      ? [gap('What changed?', 'Nothing was recorded about it or its ancestry in between.', root)]
      : []),
    ...(exact
      ? []
      : [
          gap(
            'Exactly how many decisions?',
            'Rows could not be followed for all of them, so the counts are upper bounds.',
            root,
          ),
        ]),
    ...(ancestry.truncated
      ? [
          gap(
            'Is that all of its ancestry?',
            'No: it is larger than a report holds; export the lineage.',
            root,
          ),
        ]
      : []),
  ];
}

function atMost({ total, precision }: DecisionCount): string {
  return precision === 'EXACT' ? String(total) : `at most ${String(total)}`;
}
