import { deleteArticle } from '#articles/delete-article.ts';
import { patchArticle } from '#articles/patch-article.ts';
import { putArticle } from '#articles/put-article.ts';
import { entry } from '#http/entry.ts';

/** Lambda entry of what publishers do. */
export const handler = entry('publisher', { putArticle, patchArticle, deleteArticle });
