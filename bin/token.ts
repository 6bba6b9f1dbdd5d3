import { parseArgs } from 'node:util';
import { messageOf } from '../local/problem.ts';
import { signToken, siteSecret } from '../local/token.ts';

const usage = `Usage: npm run token -- --sub ID --name NAME [--roles moderator,publisher,admin] [--ttl SECONDS]

Prints a token as the site's own sign-on would mint it, signed with UNDERSTORY_SITE_SECRET
or, without it, with the development secret. It is valid for a day unless --ttl says otherwise.
`;

try {
  const { values } = parseArgs({
    options: {
      sub: { type: 'string' },
      name: { type: 'string' },
      roles: { type: 'string' },
      ttl: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) process.stdout.write(usage);
  else process.stdout.write(`${await tokenFor(values)}\n`);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n\n${usage}`);
  process.exitCode = 1;
}

function tokenFor({ sub, name, roles = '', ttl }: { sub?: string; name?: string; roles?: string; ttl?: string }): Promise<string> {
  if (!sub || !name) throw new Error('--sub and --name are needed');
  const seconds = ttl === undefined ? undefined : Number(ttl);
  if (seconds !== undefined && !Number.isInteger(seconds)) throw new Error('--ttl takes a whole number of seconds');
  const list = roles
    .split(',')
    .map((role) => role.trim())
    .filter(Boolean);
  return signToken({ sub, name, roles: list }, siteSecret(), seconds);
}
