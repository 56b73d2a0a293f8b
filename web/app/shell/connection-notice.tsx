/** Says that the server does not answer, for as long as it does not. */
import { PlugZap } from 'lucide-react';
import type { ReactNode } from 'react';

import { serverAnswers } from '../api/query-client.js';
import { useStore } from '../api/store.js';

export function ConnectionNotice(): ReactNode {
  const answers = useStore(serverAnswers);
  return (
    <div role="status" className="connection">
      {answers ? null : (
        <p>
          <PlugZap aria-hidden="true" /> The server does not answer. What you see is what was read before;
          this page goes on by itself as soon as the server is back.
        </p>
      )}
    </div>
  );
}
