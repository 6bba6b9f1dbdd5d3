import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { messageOf } from '../local/problem.ts';
import { restoreMissing } from './restore/restore.ts';

const usage = `Puts back what a table has lost, from a copy of it that was restored beside it. Nothing that is there is overwritten.

  npm run restore -- --from COPY --to TABLE [--keys BEGINNING] [--dry-run]

  --from     the name of the copy
  --to       the name of the table; the stack's output TableName
  --keys     only what has a partition key that begins so: C#ID is a comment, A#ID an article, without ID all of them
  --dry-run  look only: say what is missing
  --help

Credentials and region come from where the AWS CLI has them. They need dynamodb:Scan on the copy, and BatchGetItem and PutItem on the table.
It reads the copy once, which costs a read unit for 4 KB, and asks for the key of every item of it, a read unit each. To run it twice does no harm.
Exit codes: 0 done, 1 failed (what was put back stays), 2 wrong usage.
`;

/** Milliseconds for an answer. */
const patience = { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

const say = (line: string) => void process.stdout.write(`${line}\n`);

function readArguments() {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      keys: { type: 'string', default: '' },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { from = '', to = '', keys, help, 'dry-run': dryRun } = values;
  if (!help && (from === '' || to === '')) throw new Error('Name the copy with --from and the table with --to.');
  if (!help && from === to) throw new Error('--from and --to are the same table.');
  return { from, to, keys, help, dryRun };
}

async function main({ from, to, keys, dryRun }: ReturnType<typeof readArguments>): Promise<number> {
  const client = new DynamoDBClient({ requestHandler: patience });
  try {
    const { looked, missing, restored } = await restoreMissing({ client, from, to, keys, dryRun, now: new Date(), say });
    const sorts = Object.entries(missing).map(([sort, count]) => `${count} × ${sort}`);
    say(`${looked} items looked at. Missing: ${sorts.join(', ') || 'none'}. Put back: ${restored}.`);
    return 0;
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    return 1;
  } finally {
    client.destroy();
  }
}

try {
  const given = readArguments();
  if (given.help) process.stdout.write(usage);
  else process.exitCode = await main(given);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n\n${usage}`);
  process.exitCode = 2;
}
