import { parseArgs } from 'node:util';
import { signToken, siteSecret } from '../local/token.ts';
import { isUsage, UsageMistake } from './command-line.ts';
import { connect } from './import/client.ts';
import { clock } from './import/clock.ts';
import { ImportFailure, messageOf } from './import/failure.ts';
import { publicArticles, type RecountReport, runRecount } from './recount/run.ts';

const usage = `Recounts articles from their comments, and mends what has drifted.

  npm run recount -- ARTICLE ... [--url URL]
  npm run recount -- --all [--url URL]

  ARTICLE  ids of articles, also of removed ones
  --all    all public articles
  --url    where Understory answers (http://127.0.0.1:3000)

UNDERSTORY_TOKEN is an admin's token; without it, one is signed with UNDERSTORY_SITE_SECRET.
Exit codes: 0 no drift, 1 drift was found and mended, 2 wrong usage, or not all could be recounted.
`;

function readArguments() {
  const options = { url: { type: 'string' }, all: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const { url = 'http://127.0.0.1:3000', all = false, help = false } = values;
  if (help) return { help } as const;
  if (all === positionals.length > 0) throw new UsageMistake('Name articles, or all of them with --all.');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new UsageMistake(`--url ${url}: not an http(s) URL.`);
  return { help, url: url.replace(/\/+$/, ''), all, articleIds: positionals } as const;
}

async function main(): Promise<number> {
  const given = readArguments();
  if (given.help) {
    process.stdout.write(usage);
    return 0;
  }
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const onWait = (milliseconds: number) => say(`The server asks to wait ${Math.ceil(milliseconds / 1000)} s.`);
  const send = connect({ url: given.url, signal: new AbortController().signal, sleep: clock.sleep, onWait });
  const claims = { sub: 'understory-recount', name: 'Recount', roles: ['admin'] };
  const token = process.env.UNDERSTORY_TOKEN ?? (await signToken(claims, siteSecret()));
  const report = await runRecount({ send, token, articleIds: given.all ? publicArticles(send) : given.articleIds, say });
  say(summaryOf(report));
  if (report.failed.length > 0) return 2;
  return report.drifted.size > 0 ? 1 : 0;
}

function summaryOf({ articles, drifted, failed }: RecountReport): string {
  const sum = [...drifted.values()].reduce((total, drift) => total + drift, 0);
  const found = sum === 0 ? 'no drift' : `drift ${sum} in ${drifted.size} of them, mended`;
  return `${articles} recounted: ${found}${failed.length > 0 ? `; ${failed.length} could not be recounted` : ''}.`;
}

try {
  process.exitCode = await main();
} catch (thrown) {
  const text = thrown instanceof ImportFailure ? messageOf(thrown) : (thrown instanceof Error && thrown.stack) || messageOf(thrown);
  process.stderr.write(isUsage(thrown) ? `${messageOf(thrown)}\n\n${usage}` : `${text}\n`);
  process.exitCode = 2;
}
