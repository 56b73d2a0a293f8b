import { afterEach, expect, jest, test } from '@jest/globals';

import { endWithSignal } from '../../support/end-with-signal.js';

const ended: string[] = [];

afterEach(() => {
  jest.restoreAllMocks();
});

/** Resolves with the exit code with which the process would end. */
function exit(): Promise<unknown> {
  return new Promise((resolve) => {
    jest.spyOn(process, 'exit').mockImplementation((code) => {
      resolve(code);
      return undefined as never;
    });
  });
}

test('a signal ends what was begun last first, all of it, and what was taken back is left alone', async () => {
  const code = exit();
  endWithSignal(() => Promise.resolve(void ended.push('folder')));
  endWithSignal(() => Promise.reject(new Error('it is gone already')));
  const stay = endWithSignal(() => Promise.resolve(void ended.push('stopped before')));
  endWithSignal(() => Promise.resolve(void ended.push('database')));
  stay();
  process.emit('SIGTERM');
  expect(await code).toBe(143);
  expect(ended).toEqual(['database', 'folder']);
});
