import type { Article, Commenting } from '../article.ts';
import type { ArticleInput, ArticlePatch } from '../article-schema.ts';

/**
 * The article after a `PUT`. What is left out is emptied, but for two things that the publisher's system does not own
 * alone: the first time of publication stays, and so does how comments are taken, which a moderator may have changed.
 */
export function replaced(id: string, input: ArticleInput, before: Article | undefined, now: Date): Article {
  return {
    id,
    title: input.title,
    url: input.url ?? null,
    author: input.author ?? null,
    section: input.section ?? null,
    publishedAt: input.publishedAt ?? before?.publishedAt ?? now.toISOString(),
    commenting: commentingAfter(before?.commenting ?? { open: true, mode: null, closesAt: null }, input.commenting),
    revision: (before?.revision ?? 0) + 1,
    updatedAt: now.toISOString(),
  };
}

/** The article after a `PATCH`: what is left out stays, and `null` empties (RFC 7396 §2). */
export function patched(before: Article, patch: ArticlePatch, now: Date): Article {
  return {
    id: before.id,
    title: after(before.title, patch.title),
    url: after(before.url, patch.url),
    author: after(before.author, patch.author),
    section: after(before.section, patch.section),
    publishedAt: after(before.publishedAt, patch.publishedAt),
    commenting: commentingAfter(before.commenting, patch.commenting),
    revision: before.revision + 1,
    updatedAt: now.toISOString(),
  };
}

/** Breaking-news mode is put, and ended, as a whole. An article never has fewer shards again: its comments are listed in each of them. */
function commentingAfter(before: Commenting, given: ArticleInput['commenting']): Commenting {
  const breaking = after(before.breaking ?? null, given?.breaking);
  const shards = Math.max(before.shards ?? 1, given?.shards ?? 1);
  return {
    open: after(before.open, given?.open),
    mode: after(before.mode, given?.mode),
    closesAt: after(before.closesAt, given?.closesAt),
    ...(breaking && { breaking }),
    ...(shards > 1 && { shards }),
  };
}

const after = <T>(before: T, given: T | undefined): T => (given === undefined ? before : given);
