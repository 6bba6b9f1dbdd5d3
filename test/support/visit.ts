import type { Browser, BrowserContext, Page, Request } from 'playwright-core';

/** What a site answers, by the path that follows its host. */
export type Site = Readonly<Record<`/${string}`, { headers: Record<string, string>; text: string }>>;

export interface Visit<T> {
  seen: T;
  /** All that the browser wrote to its console: errors, and what a policy forbade. */
  complaints: string[];
  /** What tried to get out of the page: requests that the site does not answer, windows, dialogs. */
  left: string[];
}

const host = 'https://news.example';

/**
 * Visits a page of a site that is made of these answers alone, so that nothing gets out of the browser.
 *
 * @param look is given the page when it is quiet, and what waits until it is quiet again
 */
export async function visit<T>(
  browser: Browser,
  site: Site,
  path: keyof Site,
  look: (page: Page, quiet: () => Promise<void>) => Promise<T>,
): Promise<Visit<T>> {
  const context = await browser.newContext({ serviceWorkers: 'block', acceptDownloads: false });
  try {
    const left = await shutIn(context, site);
    const page = await context.newPage();
    await watchWindows(page, () => left.push('opened a window'));
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', ({ message }) => complaints.push(message));
    const quiet = quietOf(page);
    await page.goto(host + path);
    await quiet();
    return { seen: await look(page, quiet), complaints, left };
  } finally {
    await context.close();
  }
}

async function shutIn(context: BrowserContext, site: Site): Promise<string[]> {
  const left: string[] = [];
  await context.route('**', (route) => {
    const url = route.request().url();
    const answer = url.startsWith(`${host}/`) ? site[url.slice(host.length) as keyof Site] : undefined;
    if (answer !== undefined) return route.fulfill({ headers: answer.headers, body: answer.text });
    left.push(`asked for ${url}`);
    return route.abort();
  });
  await context.routeWebSocket('**', (socket) => {
    left.push(`asked for ${socket.url()}`);
  });
  context.on('dialog', (dialog) => {
    left.push(`opened a dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  return left;
}

/**
 * A window is announced only when it is ready, which a busy machine may put off until nobody looks any more; that the page opens one is told
 * at once. Some are told twice.
 */
async function watchWindows(page: Page, tell: () => void): Promise<void> {
  const context = page.context();
  context.on('page', tell);
  const session = await context.newCDPSession(page);
  session.on('Page.windowOpen', tell);
  await session.send('Page.enable');
}

/** Waits until a page asks for nothing any more and has drawn what came. */
function quietOf(page: Page): () => Promise<void> {
  const open = new Set<Request>();
  page.on('request', (request) => open.add(request));
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  return async () => {
    do await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn))))');
    while (open.size > 0);
  };
}
