import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { afterEach, describe, expect, test } from '@jest/globals';

import { commandOf, identityOf, isAlive } from '../../../src/neo4j/process-identity.js';

const PLATFORM = process.platform;

afterEach(() => {
  Object.defineProperty(process, 'platform', { value: PLATFORM });
});

// Where there is no /proc, ps(1) is asked; here it is made to be asked.
describe.each([PLATFORM, 'darwin'])('processes as seen on %s', (platform) => {
  test('are told apart by their start, and end', async () => {
    Object.defineProperty(process, 'platform', { value: platform });
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    const identity = identityOf(child.pid!)!;
    expect(commandOf(child.pid!)?.trim()).toBe('sleep 60');
    expect(isAlive(identity)).toBe(true);
    expect(isAlive({ ...identity, startTime: 'another' })).toBe(false);

    child.kill();
    await once(child, 'exit');
    expect(isAlive(identity)).toBe(false);
    expect(commandOf(identity.pid)).toBeFalsy();
  });
});
