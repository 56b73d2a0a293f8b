/** What lineage watch finds, in words: a title, and what it means. */
import type { WatchKind } from '../graphql/operations.gen.js';

export const WATCH_WORDS: Readonly<Record<WatchKind, readonly [string, string]>> = {
  UNFINISHED_RUN: ['Unfinished runs', 'They go on, or nobody said that they ended.'],
  MISSING_PARENT: ['Missing sources', 'Others name them, and nobody declared them.'],
  BACKDATED: ['Backdated runs', 'They were recorded long after they are said to have happened.'],
  GAP: ['Gaps', 'A job that runs at intervals left some out.'],
  SILENCE: ['Silent jobs', 'A job that ran at intervals has not run for much longer than one of them.'],
  UNEXPECTED_WRITER: [
    'Unexpected writers',
    'A run was declared by somebody who had never declared that job.',
  ],
};
