import { beforeEach, expect, it, vi } from 'vitest';
import type { Caller } from '#http/caller.ts';
import { keepCallers, type Verified, verifiedAge } from '#http/kept-callers.ts';

const ann: Caller = { id: 'ann', name: 'Ann', picture: null, roles: new Set() };
const begin = Date.UTC(2026, 10, 25);
let time: number;
const verify = vi.fn<(token: string) => Promise<Verified>>();

beforeEach(() => {
  time = begin;
  verify.mockReset().mockResolvedValue({ caller: ann, expires: undefined });
});

it('verifies a token once a minute', async () => {
  const callerOf = keepCallers(verify, () => time);

  for (const age of [0, 1, verifiedAge - 1]) {
    time = begin + age;
    expect(await callerOf('a')).toBe(ann);
  }
  expect(verify).toHaveBeenCalledTimes(1);
  time = begin + verifiedAge;
  await callerOf('a');
  expect(verify).toHaveBeenCalledTimes(2);
});

it('takes no token beyond its own end', async () => {
  verify.mockResolvedValueOnce({ caller: ann, expires: begin / 1_000 + 10 }).mockRejectedValueOnce(new Error('it has expired'));
  const callerOf = keepCallers(verify, () => time);
  await callerOf('a');

  time = begin + 10_000;
  await expect(callerOf('a')).rejects.toThrow('it has expired');
});

it('knows every token by itself', async () => {
  const ben: Caller = { ...ann, id: 'ben' };
  verify.mockResolvedValueOnce({ caller: ann, expires: undefined }).mockResolvedValueOnce({ caller: ben, expires: undefined });
  const callerOf = keepCallers(verify, () => time);

  expect([(await callerOf('a')).id, (await callerOf('b')).id, (await callerOf('a')).id]).toEqual(['ann', 'ben', 'ann']);
});

it('never keeps what was refused', async () => {
  verify.mockRejectedValue(new Error('no'));
  const callerOf = keepCallers(verify, () => time);

  for (let n = 0; n < 2; n += 1) await expect(callerOf('a')).rejects.toThrow('no');
  expect(verify).toHaveBeenCalledTimes(2);
});
