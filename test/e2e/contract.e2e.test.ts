import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putPolicy, startApi, stopApi } from './contract/api.ts';
import { articles } from './contract/articles.ts';
import { caching } from './contract/caching.ts';
import { comments, generous } from './contract/comments.ts';
import { neverSeen } from './contract/coverage.ts';
import { identity } from './contract/identity.ts';
import { journey } from './contract/journey.ts';
import { me } from './contract/me.ts';
import { moderation } from './contract/moderation.ts';
import { refusals } from './contract/refusals.ts';
import { publishSamples } from './contract/samples.ts';
import { service } from './contract/service.ts';

beforeAll(startApi);
afterAll(stopApi);

describe('a story from its publication to its end', journey);

describe('whatever is asked', () => {
  beforeAll(async () => {
    await putPolicy(generous);
    await publishSamples();
  });

  describe('identity', identity);
  describe('refusals', refusals);
  describe('caching', caching);
  describe('articles', articles);
  describe('comments', comments);
  describe('me', me);
  describe('moderation', moderation);
  describe('the service itself', service);
});

/** What cannot be brought about over HTTP on a laptop, and where it is shown instead. */
const elsewhere: readonly [promise: RegExp, reason: string][] = [
  [/ answers 500/, 'only a mistake of ours answers so: test/http/refusals makes one'],
  [/ answers 503/, 'only a store in trouble answers so: test/http/refusals makes it'],
  [/^(?!postComment).* answers 429/, 'API Gateway’s own throttle, which a laptop does not reach: test/local/gateway sets it low'],
];

it('nothing that is described was left untried', () => {
  const untried = neverSeen();
  expect(untried.filter((promise) => !elsewhere.some(([pattern]) => pattern.test(promise)))).toEqual([]);
  expect(elsewhere.filter(([pattern]) => !untried.some((promise) => pattern.test(promise)))).toEqual([]);
});
