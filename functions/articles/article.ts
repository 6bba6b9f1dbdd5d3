import type { Key, Listing } from '#table/keys.ts';

/** When a comment becomes visible: at once and screened after, when screening passes, or when a moderator says so. */
export type Mode = 'open' | 'screened' | 'moderated';

/** What else is asked while the news breaks; it ends by itself. */
export interface Breaking {
  /** Seconds between two comments of one member; null for as fast as the policy allows. */
  slowSeconds: number | null;
  /** Whether members without an approved comment wait for a moderator. */
  holdNewcomers: boolean;
  /** Whether links are taken; otherwise a comment with any waits for a moderator. */
  links: boolean;
  until: string;
}

/** How an article takes comments. `mode: null` follows the policy in force. */
export interface Commenting {
  open: boolean;
  mode: Mode | null;
  /** Time after which nothing more is taken. */
  closesAt: string | null;
  breaking?: Breaking;
  /** Over how many shards the lists of its comments are spread, if not one. There are never fewer again. */
  shards?: number;
}

export interface Article {
  id: string;
  title: string;
  url: string | null;
  author: string | null;
  section: string | null;
  publishedAt: string;
  commenting: Commenting;
  revision: number;
  updatedAt: string;
}

/** A part of the article's own text, as the publisher prints it. */
export interface BodyPart {
  heading?: string | undefined;
  paragraphs: string[];
}

/** The article as it is stored; its text lies in an item of its own, so that lists never read it. `removedAt` takes it off public view. */
export type ArticleItem = Key & Listing & { revision: number; view: Omit<Article, 'revision'>; removedAt?: string };
export type ArticleBodyItem = Key & { body: BodyPart[] };

export const articleOf = ({ view, revision }: Pick<ArticleItem, 'view' | 'revision'>): Article => ({ ...view, revision });

/** Whether an article takes comments at `now`. */
export const takesComments = ({ open, closesAt }: Commenting, now: Date): boolean =>
  open && (closesAt === null || now < new Date(closesAt));

/** The breaking-news mode that an article is in at `now`. */
export const breakingAt = ({ breaking }: Commenting, now: Date): Breaking | undefined =>
  breaking !== undefined && now < new Date(breaking.until) ? breaking : undefined;
