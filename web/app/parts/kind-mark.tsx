/** Each kind has one icon and one colour on all pages; the icon says it to those who do not see the colour. */
import { Database, Gavel, Network, Sigma, SquareFunction, Workflow, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

import type { Kind } from '../graphql/operations.gen.js';
import { KIND_WORDS } from './artifact-id.js';

const ICONS: Readonly<Record<Kind, LucideIcon>> = {
  Dataset: Database,
  Transform: Workflow,
  FeatureDef: SquareFunction,
  Model: Network,
  Prediction: Gavel,
};

export function KindMark({
  kind,
  word = false,
}: {
  readonly kind: Kind | undefined;
  readonly word?: boolean;
}): ReactNode {
  const Icon = kind === undefined ? Sigma : ICONS[kind];
  const name = kind === undefined ? 'artifact' : KIND_WORDS[kind][0];
  return (
    <span className={`kind kind-${kind ?? 'none'}`}>
      <Icon aria-hidden="true" />
      <span className={word ? '' : 'unseen'}>{name}</span>
    </span>
  );
}
