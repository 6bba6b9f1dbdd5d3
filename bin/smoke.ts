import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { messageOf } from '../local/problem.ts';
import { signToken, siteSecret } from '../local/token.ts';
import { type Role, runSmoke, SmokeFailure } from './smoke/smoke.ts';

const usage = `Usage: npm run smoke -- URL [options]

Checks a deployment from outside: posts a comment below an article of its own, reads it, takes it down, puts it
back and deletes it, with the right count at every step, and removes the article.

  --member-token TOKEN      \\
  --moderator-token TOKEN    who does it; whoever is not given is minted for ten minutes with
  --publisher-token TOKEN   /  UNDERSTORY_SITE_SECRET or, without it, with the development secret
  --help

Ends with 0 if all went well, with 1 if a step failed, with 2 if it was called wrongly.
`;

const people = {
  member: { sub: 'smoke-member', name: 'Smoke test' },
  moderator: { sub: 'smoke-moderator', name: 'Smoke test', roles: ['moderator'] },
  publisher: { sub: 'smoke-publisher', name: 'Smoke test', roles: ['publisher'] },
} as const;
const tokenSeconds = 600;

const print = (text: string) => process.stdout.write(`${text}\n`);
const onStep = (step: string, milliseconds: number) => print(`ok  ${step} (${Math.round(milliseconds)} ms)`);

const asked = readArguments();
if (asked !== undefined) {
  const begun = performance.now();
  try {
    await runSmoke({ url: asked.url, tokens: await tokensOf(asked.given), articleId: `smoke-${randomUUID()}`, onStep });
    print(`${asked.url} does its job. (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  } catch (error) {
    if (!(error instanceof SmokeFailure)) throw error;
    process.stderr.write(`FAILED  ${error.message}\n`);
    process.exitCode = 1;
  }
}

function readArguments(): { url: string; given: Partial<Record<Role, string>> } | undefined {
  try {
    const token = { type: 'string' } as const;
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { 'member-token': token, 'moderator-token': token, 'publisher-token': token, help: { type: 'boolean' } },
    });
    if (values.help === true) {
      process.stdout.write(usage);
      return undefined;
    }
    const [url, ...more] = positionals;
    if (url === undefined || more.length > 0 || !URL.canParse(url)) throw new Error('One URL is needed');
    const roles = ['member', 'moderator', 'publisher'] as const;
    const given = Object.fromEntries(roles.flatMap((role) => (values[`${role}-token`] ? [[role, values[`${role}-token`]]] : [])));
    return { url: url.replace(/\/+$/, ''), given };
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n\n${usage}`);
    process.exitCode = 2;
    return undefined;
  }
}

async function tokensOf(given: Partial<Record<Role, string>>): Promise<Record<Role, string>> {
  const mint = (role: Role) => given[role] ?? signToken(people[role], siteSecret(), tokenSeconds);
  const [member, moderator, publisher] = await Promise.all([mint('member'), mint('moderator'), mint('publisher')]);
  return { member, moderator, publisher };
}
