import { describe, expect, test } from '@jest/globals';

import { rememberVerified } from '../../../src/access/verified-tokens.js';
import type { Principal } from '../../../src/access/principal.js';

function setUp(expiresAt: number) {
  const asked: string[] = [];
  const time = { now: 1_000 };
  const verify = (token: string): Promise<Principal> => {
    asked.push(token);
    if (token === 'forged') return Promise.reject(new Error('no'));
    return Promise.resolve({ name: token, roles: [], scopes: new Set(), namespaces: [], expiresAt });
  };
  return { asked, time, verified: rememberVerified(verify, () => time.now) };
}

describe('a verified token', () => {
  test('is verified once within five seconds, and again after them', async () => {
    const { asked, time, verified } = setUp(1e9);
    for (const now of [1_000, 5_999, 6_000, 6_001]) {
      time.now = now;
      expect((await verified('a')).name).toBe('a');
    }
    expect(asked).toEqual(['a', 'a']);
  });

  test('is asked about again once it has ended', async () => {
    const { asked, time, verified } = setUp(1_500);
    await verified('a');
    time.now = 1_500;
    await verified('a');
    expect(asked).toHaveLength(2);
  });

  test('stands for no other, and a refusal is not remembered', async () => {
    const { asked, verified } = setUp(1e9);
    expect((await verified('a')).name).toBe('a');
    expect((await verified('b')).name).toBe('b');
    await expect(verified('forged')).rejects.toThrow('no');
    await expect(verified('forged')).rejects.toThrow('no');
    expect(asked).toEqual(['a', 'b', 'forged', 'forged']);
  });
});
