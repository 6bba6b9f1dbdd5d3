import { SignJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { verifiedAge } from '#http/kept-callers.ts';
import { keepSiteKeys, keysAge, pauseBetweenLooks } from '#http/site-keys.ts';
import { makeVerifier } from '#http/token.ts';
import { expectRefusal } from '../support/problem.ts';

let secrets: string[];
let time: number;
let reads: number;
let broken: boolean;
let verify: ReturnType<typeof makeVerifier>;

beforeEach(() => {
  [secrets, time, reads, broken] = [['first'], 1_000_000, 0, false];
  const read = async () => {
    reads += 1;
    if (broken) throw new Error('Secrets Manager is down');
    return secrets;
  };
  verify = makeVerifier({ siteKeys: keepSiteKeys(read, () => time), providers: [], rolesClaim: 'roles' }, () => time);
});

const signedWith = (secret: string) =>
  new SignJWT({ name: 'Ann' }).setProtectedHeader({ alg: 'HS256' }).setSubject('ann').sign(new TextEncoder().encode(secret));
const accepts = async (secret: string) => expect(await verify(await signedWith(secret))).toMatchObject({ id: 'ann' });
const refuses = async (secret: string) => await expectRefusal(async () => verify(await signedWith(secret)), 'unauthenticated');

describe('while the site changes from one secret to the next', () => {
  it('tokens signed with either are accepted', async () => {
    secrets = ['second', 'first'];

    await accepts('first');
    await accepts('second');
    await refuses('third');
  });

  it('a warm function knows the new one as soon as it is used', async () => {
    await accepts('first');
    secrets = ['second', 'first'];
    time += pauseBetweenLooks;

    await accepts('second');
    await accepts('first');
  });

  it('a warm function refuses the old one five minutes after it was withdrawn, at the latest', async () => {
    await accepts('first');
    secrets = ['second'];
    time += keysAge + verifiedAge;

    await refuses('first');
    expect(keysAge + verifiedAge).toBe(5 * 60_000);
  });
});

it('the secrets are read once for many tokens, also for those that come at the same time', async () => {
  await Promise.all([accepts('first'), accepts('first')]);
  await accepts('first');

  expect(reads).toBe(1);
});

it('tokens that fit no secret cannot make it read the secrets more often than every ten seconds', async () => {
  await accepts('first');
  for (let n = 0; n < 5; n++) await refuses(`wrong ${n}`);
  expect(reads).toBe(1);

  time += pauseBetweenLooks;
  for (let n = 0; n < 5; n++) await refuses(`wrong ${n}`);
  expect(reads).toBe(2);
});

describe('when the secrets cannot be read', () => {
  it('a warm function goes on with those it has, and learns of new ones later', async () => {
    await accepts('first');
    [secrets, broken] = [['second'], true];
    time += keysAge;
    await accepts('first');

    broken = false;
    time += pauseBetweenLooks;
    await accepts('second');
  });

  it('a cold one says that it cannot tell, and tries again with the next request', async () => {
    broken = true;
    await expectRefusal(async () => verify(await signedWith('first')), 'unavailable');

    broken = false;
    await accepts('first');
  });
});

it('an expired token is refused for that, without a look for other secrets', async () => {
  const key = new TextEncoder().encode('first');
  const token = await new SignJWT({ name: 'Ann' }).setProtectedHeader({ alg: 'HS256' }).setSubject('ann').setExpirationTime(1).sign(key);
  time += pauseBetweenLooks;

  expect((await expectRefusal(() => verify(token), 'unauthenticated')).message).toContain('has expired');
  expect(reads).toBe(1);
});
