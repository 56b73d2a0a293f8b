/** A page that needs an artifact and has none yet asks for one. */
import type { ReactNode } from 'react';

import { FindBox } from '../shell/find-box.js';
import { Empty } from './states.js';

interface ChooseProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly choose: (id: string) => void;
}

export function Choose({ title, children, choose }: ChooseProps): ReactNode {
  return (
    <Empty title={title}>
      <p>{children}</p>
      <FindBox label={title} choose={choose} />
    </Empty>
  );
}
