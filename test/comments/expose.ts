import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { visit } from '../support/visit.ts';

/** What came of a piece of HTML in a browser. */
export interface Exposed {
  /** Everything that no comment may hold, do or try; nothing, where it is harmless. */
  found: string[];
  /** The addresses of its links. */
  links: string[];
  /** Where it led when all of it was clicked. */
  ways: string[];
}

/** What `witness.js` defines in the page. */
declare const exposeAll: (pieces: readonly string[]) => Promise<void>;
declare const exposed: Exposed[];
const witness = fileURLToPath(new URL('witness.js', import.meta.url));

const html = { 'content-type': 'text/html; charset=utf-8' };

/** Forbids all that a document can be forbidden: it happens nevertheless, but is told. */
const reporting = { 'content-security-policy-report-only': "default-src 'none'; base-uri 'none'; form-action 'none'" };

const site = {
  '/': { headers: html, text: '<!doctype html><title>News</title>' },
  '/frame': { headers: { ...html, ...reporting }, text: '' },
};

/**
 * Exposes a browser to pieces of HTML, one after another: each is shown in every way in which a site would show it, and
 * clicked all over.
 *
 * @returns what came of each, and what tried to get out of the page, whichever piece it came from
 */
export async function expose(browser: Browser, pieces: readonly string[]): Promise<{ each: Exposed[]; left: string[] }> {
  const { seen, left } = await visit(browser, site, '/', async (page, quiet) => {
    await page.addScriptTag({ path: witness });
    await page.evaluate((given) => exposeAll(given), pieces);
    await quiet();
    return page.evaluate(() => exposed);
  });
  return { each: seen.map((piece) => ({ ...piece, found: [...new Set(piece.found)] })), left };
}
