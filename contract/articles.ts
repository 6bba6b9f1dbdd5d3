import * as z from 'zod';
import { mostShards } from '#articles/article-schema.ts';
import { articleId } from '#http/scalars.ts';
import { type Contracts, json, nothing } from './route-contract.ts';
import { count, moment, pageOf, revision } from './schemas.ts';

const breaking = z
  .strictObject({
    slowSeconds: z.int().min(1).nullable().describe('Seconds between two comments of one member.'),
    holdNewcomers: z.boolean().describe('Whether members without an approved comment wait for a moderator.'),
    links: z.boolean().describe('Whether links are taken; otherwise a comment with any waits for a moderator.'),
    until: moment,
  })
  .meta({ id: 'Breaking' });

const summary = {
  id: articleId,
  title: z.string(),
  url: z.string().nullable(),
  author: z.string().nullable(),
  section: z.string().nullable(),
  publishedAt: moment,
  commenting: z.strictObject({
    open: z.boolean().describe('Whether a comment would be taken now.'),
    mode: z
      .enum(['open', 'screened', 'moderated'])
      .describe('`open` shows comments at once and screens them after, `screened` when they pass, `moderated` when a moderator approves.'),
    closesAt: moment.nullable(),
    breaking: breaking.nullable().describe('Breaking-news mode while it runs.'),
    shards: z
      .int()
      .min(2)
      .max(mostShards)
      .optional()
      .describe('Over how many shards the lists of a hot article are spread; absent otherwise.'),
  }),
  commentCount: count.describe('Approved comments, replies included: the items that `view=flat` returns over all its pages.'),
  revision,
  updatedAt: moment,
};

const bodyPart = z.strictObject({ heading: z.string().optional(), paragraphs: z.array(z.string()) });

const example = {
  id: 'ceasefire',
  title: 'Ceasefire holds for a third day',
  url: 'https://news.example/ceasefire',
  author: 'R. Porter',
  section: 'World',
  publishedAt: '2026-11-23T09:00:00.000Z',
  commenting: { open: true, mode: 'screened', closesAt: null, breaking: null },
  commentCount: 18,
  revision: 1,
  updatedAt: '2026-11-23T09:00:00.000Z',
};

const article = z
  .strictObject({ ...summary, body: z.array(bodyPart) })
  .meta({ id: 'Article', examples: [{ ...example, body: [{ paragraphs: ['For a third day …'] }] }] });

const listedArticle = z.strictObject(summary).meta({ id: 'ListedArticle', examples: [example] });

const counts = z
  .strictObject({ counts: z.record(z.string(), count) })
  .meta({ id: 'Counts', examples: [{ counts: { ceasefire: 18, unknown: 0 } }] });

const recounted = z
  .strictObject({
    drift: count.describe('Sum of absolute differences found: 0 is what it should be.'),
    before: z.record(z.string(), z.int()).describe('Comments by status, as they were counted.'),
    after: z.record(z.string(), z.int()),
    woken: count.describe('Comments that had waited over a minute to be counted, and are counted now.'),
  })
  .meta({ id: 'Recount', examples: [{ drift: 0, before: { approved: 18 }, after: { approved: 18 }, woken: 0 }] });

export const articleContracts = {
  listArticles: {
    tag: 'articles',
    summary: 'List articles, newest first',
    answers: { 200: json(pageOf(listedArticle, 'ArticlePage'), 'A page of articles, without their text.') },
  },
  getArticle: {
    tag: 'articles',
    summary: 'Read an article with its comment count',
    answers: { 200: json(article, 'The article.') },
    revisioned: true,
  },
  getCounts: {
    tag: 'articles',
    summary: 'Count the comments of many articles at once',
    description: 'An unknown article counts 0.',
    answers: { 200: json(counts, 'Comment counts by article id.') },
  },
  putArticle: {
    tag: 'articles',
    summary: 'Create or replace an article',
    description:
      'What is left out is emptied, but for the first time of publication and how comments are taken. A breaking-news mode that has ended since it was put is no mistake.',
    example: { title: 'Ceasefire holds for a third day', section: 'World', body: [{ paragraphs: ['For a third day …'] }] },
    answers: { 200: json(article, 'The article as it is now.'), 201: json(article, 'The article was new.') },
    ifMatch: 'optional',
    revisioned: true,
  },
  patchArticle: {
    tag: 'articles',
    summary: 'Change some fields of an article',
    description:
      'A moderator who is no publisher may change `commenting` only. Breaking-news mode is put as a whole and ends by itself, ' +
      'within seven days; `null` ends it now.',
    example: { commenting: { open: false } },
    answers: { 200: json(article, 'The article as it is now.') },
    ifMatch: 'optional',
    revisioned: true,
  },
  deleteArticle: {
    tag: 'articles',
    summary: 'Take an article and its comments off public view',
    description: 'Everything is kept for moderators, and a `PUT` brings it back.',
    answers: { 204: nothing('It is off public view.') },
    ifMatch: 'optional',
  },
  recountArticle: {
    tag: 'moderation',
    summary: 'Recount an article from its comments and mend what has drifted',
    description: 'Refused with 503 while comments keep coming too fast for one request, and for an article that has more than 20,000.',
    answers: { 200: json(recounted, 'What was found, and what is counted now.') },
  },
} satisfies Contracts;
