import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { call, type TestResponse } from '../support/call.ts';
import { visit } from '../support/visit.ts';

const browser = await openBrowser();
afterAll(() => browser?.close());

describe.skipIf(browser === undefined)('the reference in a browser', () => {
  let answer: TestResponse;
  beforeAll(async () => {
    answer = await call('GET /docs');
  });

  it('opens under its own policy without a complaint, in its own style', async () => {
    const { seen, complaints, left } = await visit(browser!, { '/docs': answer }, '/docs', (page) =>
      page.evaluate('[document.title, getComputedStyle(document.querySelector("nav")).position]'),
    );
    expect(seen).toEqual(['Understory API', 'sticky']);
    expect(complaints).toEqual([]);
    expect(left).toEqual([]);
  });

  it('fits on a telephone', async () => {
    const { seen } = await visit(browser!, { '/docs': answer }, '/docs', async (page) => {
      await page.setViewportSize({ width: 360, height: 800 });
      return page.evaluate('document.documentElement.scrollWidth');
    });
    expect(seen).toBe(360);
  });

  it.each([
    ['a script', '<script>alert(1)</script>', /script/],
    ['another style', '<style>nav { position: static }</style>', /style/],
    ['an image', '<img src="https://evil.example/x">', /image/],
  ])('would complain of %s in it', async (_name, html, complaint) => {
    const changed = { ...answer, text: answer.text.replace('</body>', `${html}</body>`) };
    const { complaints, left } = await visit(browser!, { '/docs': changed }, '/docs', async () => undefined);
    expect(complaints).toEqual([expect.stringMatching(complaint)]);
    expect(left).toEqual([]);
  });
});
