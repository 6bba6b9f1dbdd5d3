import { readFile } from 'node:fs/promises';

/**
 * Where the generated files lie: `docs/` of the checkout, and beside the bundle in Lambda, where bundling puts them and
 * sets this. They stay out of the code, so that no cold start pays for what few ever ask for.
 */
const folder = new URL(process.env.PUBLISHED_FOLDER ?? '../../docs/', import.meta.url);

const kept = new Map<string, string>();

/** Reads a generated file; a warm function reads each only once. */
export async function readPublished(name: 'openapi.json' | 'reference.html'): Promise<string> {
  const text = kept.get(name) ?? (await readFile(new URL(name, folder), 'utf8'));
  kept.set(name, text);
  return text;
}

/** These change with a deployment only: an hour old is as good as new, and clients revalidate by ETag. */
export const publishedCacheControl = 'public, max-age=300, s-maxage=3600, stale-while-revalidate=86400';
