/** Whether a model was evaluated on what it was trained on: then its metrics say little (SR 26-2; ISO/IEC 42001, A.7). */
import type { Ancestry } from '../../lineage/ancestry.js';
import type { StoredProps } from '../../store/stored-values.js';
import { gap, statement, type ReportBody, type ReportGap, type Statement } from './report.js';

/** The ancestry of each data set that a model was trained or evaluated on. */
export interface Split {
  readonly model: StoredProps;
  readonly trained: readonly Ancestry[];
  readonly evaluated: readonly Ancestry[];
}

export function trainTestOverlap({ model, trained, evaluated }: Split): ReportBody {
  const pairs = trained.flatMap((train) => evaluated.map((test) => judge(train, test)));
  return {
    title: `Overlap of training and evaluation data: ${String(model.name)} ${String(model.version)}`,
    asks: 'SR 26-2, ISO/IEC 42001 A.7: was the model evaluated on data that it had not been trained on?',
    sections: [
      {
        title: 'Data',
        statements: [
          ...trained.map((set) => statement('Trained on', set.id, set.nodes.get(set.id) ?? { id: set.id })),
          ...evaluated.map((set) =>
            statement('Evaluated on', set.id, set.nodes.get(set.id) ?? { id: set.id }),
          ),
        ],
      },
      { title: 'Overlap', statements: pairs.flatMap(({ statements }) => statements) },
    ],
    gaps: [
      ...(trained.length === 0
        ? [gap('What was it trained on?', 'The model declares no TRAINED_ON.', model)]
        : []),
      ...(evaluated.length === 0
        ? [gap('What was it evaluated on?', 'The model declares no EVALUATED_ON.', model)]
        : []),
      ...pairs.flatMap(({ gaps }) => gaps),
    ],
  };
}

interface Judged {
  readonly statements: readonly Statement[];
  readonly gaps: readonly ReportGap[];
}

function judge(train: Ancestry, test: Ancestry): Judged {
  const both = [train, test].map((set) => set.nodes.get(set.id) ?? { id: set.id });
  if (train.id === test.id) {
    return {
      statements: [statement('The same data set', 'The model was evaluated on its training data.', ...both)],
      gaps: [],
    };
  }
  const upstream = datasetsOf(train);
  if (upstream.has(test.id) || datasetsOf(test).has(train.id)) {
    return {
      statements: [statement('One made from the other', `${train.id} and ${test.id}`, ...both)],
      gaps: [],
    };
  }
  const shared = [...datasetsOf(test)].filter((id) => upstream.has(id));
  const cut = train.truncated || test.truncated;
  if (shared.length === 0 && !cut) {
    return {
      statements: [statement('No common origin', `${train.id} and ${test.id} share no data set`, ...both)],
      gaps: [],
    };
  }
  return {
    statements: shared.map((id) => statement('Common origin', id, train.nodes.get(id) ?? { id })),
    gaps: [
      gap(
        'Do they share rows?',
        cut
          ? 'The ancestries are larger than a report holds.'
          : 'They come from the same data; which rows went where is known only to the steps that split them.',
        ...both,
      ),
    ],
  };
}

function datasetsOf({ ancestors }: Ancestry): ReadonlySet<string> {
  return new Set(ancestors.map(({ id }) => id).filter((id) => id.startsWith('dataset:')));
}
