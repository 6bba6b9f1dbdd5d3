import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { signToken, siteSecret, type TokenClaims } from '../local/token.ts';
import { isUsage, stopOnSignals, UsageMistake } from './command-line.ts';
import { clock } from './import/clock.ts';
import { ImportFailure, messageOf } from './import/failure.ts';
import { articleIdOf } from './import/names.ts';
import { readPage } from './import/page.ts';
import { showProgress } from './import/progress.ts';
import { describe } from './import/report.ts';
import { runImport } from './import/run.ts';

const usage = `Posts a page (an article and its comments, JSON) to Understory, as its publisher and its readers would.

  npm run import -- FILE [--url URL] [--article ID] [--state LEDGER]

  FILE       {"article": {"title", "author"?, "publishedOn"?, "section"?, "url"?, "body"?: [{"heading"?, "paragraphs"}]},
              "displayedCommentCount"?, "comments": [{"author": {"name"}, "body", "replies"?: [the same again]}]}
  --url      where Understory answers (http://127.0.0.1:3000)
  --article  the article's id (made of its title)
  --state    the ledger of what is posted (.understory/imports/ID.jsonl)

An import that was cut short continues where it was when it is run again; a finished one posts nothing.
Comments are dated by their import. UNDERSTORY_SITE_SECRET is the secret that tokens are signed with.
Exit codes: 0 done, 1 failed or stopped, 2 wrong usage.
`;

function readArguments() {
  const options = {
    url: { type: 'string' },
    article: { type: 'string' },
    state: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const { url = 'http://127.0.0.1:3000', article, state, help = false } = values;
  const [file, ...more] = positionals;
  if (help) return { help } as const;
  if (file === undefined || more.length > 0) throw new UsageMistake('Name one file.');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new UsageMistake(`--url ${url}: not an http(s) URL.`);
  if (article !== undefined && (!/^[A-Za-z0-9._~-]{1,128}$/.test(article) || /^\.{1,2}$/.test(article))) {
    throw new UsageMistake(`--article ${article}: an article's id is 1 to 128 of A-Z a-z 0-9 . _ ~ -`);
  }
  return { help, file, url: url.replace(/\/+$/, ''), article, state } as const;
}

async function main(): Promise<number> {
  const given = readArguments();
  if (given.help) {
    process.stdout.write(usage);
    return 0;
  }
  // npm runs its scripts in the project's folder; a path is meant from where npm was called.
  const from = (path: string) => resolve(process.env.npm_lifecycle_event === 'import' ? (process.env.INIT_CWD ?? '.') : '.', path);
  const page = await readPage(from(given.file));
  const articleId = given.article ?? articleIdOf(page.article.title);
  const ledgerFile = given.state === undefined ? resolve('.understory', 'imports', `${articleId}.jsonl`) : from(given.state);
  const { url } = given;
  const sign = (claims: TokenClaims) => signToken(claims, siteSecret());
  const progress = showProgress(process.stdout);
  const report = await runImport({ page, articleId, url, ledgerFile, sign, progress, clock, signal: stopOnSignals() });
  process.stdout.write(`${describe(report, page, `${url}/v1/articles/${articleId}/comments?view=flat`)}\n`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (thrown) {
  const isOurs = thrown instanceof ImportFailure;
  const text = isUsage(thrown)
    ? `${messageOf(thrown)}\n\n${usage}`
    : `${isOurs ? messageOf(thrown) : (thrown instanceof Error && thrown.stack) || messageOf(thrown)}\n`;
  process.stderr.write(text);
  process.exitCode = isUsage(thrown) ? 2 : 1;
}
