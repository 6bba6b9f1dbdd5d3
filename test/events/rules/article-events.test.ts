import { expect, it } from 'vitest';
import type { ArticleItem } from '#articles/article.ts';
import { articleEvents } from '../../../functions/events/rules/article-events.ts';

const item = (changes: Partial<ArticleItem> = {}, open = true) =>
  ({
    pk: 'A#a',
    sk: 'article',
    revision: 1,
    view: { id: 'a', commenting: { open, mode: null, closesAt: null } },
    ...changes,
  }) as ArticleItem;
const removed = item({ removedAt: '2026-11-23T09:00:00.000Z', revision: 2 });

it.each([
  ['published when it is new', undefined, item(), ['article.published']],
  ['published when it comes back', removed, item({ revision: 3 }), ['article.published']],
  ['removed', item(), removed, ['article.removed']],
  ['closed', item(), item({ revision: 2 }, false), ['article.closed']],
  ['nothing when its text changes', item(), item({ revision: 2 }), []],
  ['nothing when it is opened again', item({}, false), item({ revision: 2 }), []],
  ['nothing when a removed one is changed', removed, { ...removed, revision: 3 }, []],
])('an article is told as %s', (_, before, after, types) => {
  expect(articleEvents(before, after).map(({ type }) => type)).toEqual(types);
});
