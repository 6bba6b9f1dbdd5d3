import fc from 'fast-check';
import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import {
  activeDayKey,
  allArticles,
  articleListing,
  articleTallyKey,
  auditAbout,
  auditBy,
  auditKey,
  auditOfDay,
  auditOn,
  claimsKey,
  commentKey,
  dayModeratorKey,
  dayTallyKey,
  decidingDaysOf,
  decisionKey,
  listShardOf,
  memberKey,
  policyKey,
  queueShards,
  queueTallyKey,
  reactionsBy,
  reactionsOn,
  recordKey,
  reportsBy,
  reportsOn,
  sectionOf,
  shardOf,
  threadOf,
  visibleListing,
} from '#table/keys.ts';

const articleId = fc.stringMatching(/^[\w.~-]{1,128}$/);
/** Members may be called anything but what has control characters. */
const memberId = fc.stringMatching(/^[ -~]{1,20}$/);

describe('keys', () => {
  it('never let two kinds of things share an item, whatever the ids', () => {
    fc.assert(
      fc.property(articleId, fc.string(), (id, member) => {
        const keys = [
          articleTallyKey(id),
          commentKey(id),
          decisionKey(id, 'x'),
          auditKey(id, 'x'),
          memberKey(member),
          recordKey(member),
          queueTallyKey(id),
          claimsKey(id),
          policyKey(1),
          activeDayKey('2026-11-23', id),
          dayTallyKey('2026-11-23', id),
          dayModeratorKey('2026-11-23', member),
        ];
        expect(new Set(keys.map(({ pk, sk }) => JSON.stringify([pk, sk]))).size).toBe(keys.length);
      }),
    );
  });

  it('keep the versions of the policy in their order', () => {
    expect(policyKey(9).sk < policyKey(10).sk).toBe(true);
  });
});

it('a comment of a hot article lies in the shard that the end of its id names, and any shard may be named', () => {
  const shards = ['0000', '0001', '0002', '0003', '0007'].map((end) => listShardOf(`01a2087d-055f-761f-a4ff-8ff03da2${end}`, 4));
  expect(shards).toEqual([0, 1, 2, 3, 3]);
});

describe('listings', () => {
  it('keep apart the threads of all articles and the lists of articles', () => {
    fc.assert(
      fc.property(articleId, articleId, fc.string({ minLength: 1 }), (a, b, section) => {
        fc.pre(a !== b);
        const comment = uuidv7();
        const threads = [threadOf(a, null), threadOf(b, null), threadOf(a, comment), threadOf(b, comment), allArticles];
        expect(new Set(threads).size).toBe(threads.length);
        expect(sectionOf(section)).not.toBe(a);
      }),
    );
  });

  it('keep apart the records of moderation and every other list', () => {
    fc.assert(
      fc.property(articleId, fc.string(), (article, member) => {
        expect([threadOf(article, null), allArticles]).not.toContain(auditOfDay('2026-11-23'));
        expect([article, sectionOf(member), reactionsOn(article, member)]).not.toContain(auditBy(member));
        expect(auditOn(article)).not.toBe(article);
        expect(new Set([member, reactionsBy(member), reportsBy(member), auditAbout(member), decidingDaysOf(member)]).size).toBe(5);
      }),
    );
  });

  it('keep apart what members did to the comments of an article', () => {
    fc.assert(
      fc.property(articleId, articleId, memberId, memberId, (a, b, ann, ben) => {
        fc.pre(a !== b && ann !== ben);
        const marks = [a, b].flatMap((article) =>
          [ann, ben].flatMap((member) => [reactionsOn(article, member), reportsOn(article, member)]),
        );
        expect(new Set([a, b, ...marks]).size).toBe(2 + marks.length);
      }),
    );
  });

  const places = (comment: object) =>
    visibleListing({ articleId: 'a1', parentId: null, shard: 0, shown: false, approved: false, queue: null, score: null, ...comment });

  it('show an approved comment in its thread, and a reply in the flat view too', () => {
    expect(places({ shown: true, approved: true })).toEqual({ thread: 'a1#' });
    expect(places({ shown: true, approved: true, parentId: 'p' })).toEqual({ thread: 'a1#p', flat: 'a1' });
  });

  it('show and rank a comment of a hot article in its shard of each list', () => {
    const hot = { shown: true, approved: true, parentId: 'p', shard: 3, score: '003#x' };
    expect(places(hot)).toEqual({ thread: 'a1#p#3', flat: 'a1#3', rank: 'a1#p#3', score: '003#x' });
  });

  it('show a tombstone in its thread alone, and a hidden comment nowhere but in its queue', () => {
    expect(places({ shown: true, parentId: 'p' })).toEqual({ thread: 'a1#p' });
    expect(places({ parentId: 'p', queue: 'held#1' })).toEqual({ queue: 'held#1' });
  });

  it('rank a comment with reactions among those beside it', () => {
    expect(places({ shown: true, approved: true, score: '003#x' })).toEqual({ thread: 'a1#', rank: 'a1#', score: '003#x' });
  });

  it('sort articles by the time of publication and list them under their section', () => {
    const listing = articleListing({ id: 'a1', publishedAt: '2026-11-23T09:00:00.000Z', section: 'Sport' });
    expect(listing).toEqual({ order: '2026-11-23T09:00:00.000Z a1', thread: allArticles, flat: 'section/Sport' });
    expect(articleListing({ id: 'a1', publishedAt: '2026-11-23T09:00:00.000Z', section: null })).not.toHaveProperty('flat');
  });

  it('spread a day over its shards by article, and keep an article in one', () => {
    const shards = new Set(Array.from({ length: 200 }, (_, n) => dayTallyKey('2026-11-23', `story-${n}`).sk));
    expect(shards.size).toBe(8);
    expect(dayTallyKey('2026-11-23', 'story-1')).toEqual(dayTallyKey('2026-11-23', 'story-1'));
  });

  it('spread a queue over all its shards', () => {
    const shards = new Set(Array.from({ length: 200 }, () => shardOf(uuidv7())));
    expect([...shards].sort()).toEqual(Array.from({ length: queueShards }, (_, shard) => shard));
  });
});
