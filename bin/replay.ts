import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { messageOf, Problem } from '../local/problem.ts';
import { stopOnSignals } from './command-line.ts';
import { onAws } from './replay/aws.ts';
import { onLaptop } from './replay/laptop.ts';
import { replay } from './replay/replay.ts';
import { describe, isIncomplete } from './replay/report.ts';
import { decodeResumption } from './replay/resumption.ts';

const usage = `Has what settling and announcing gave up processed again, from the failure queue.

  npm run replay -- [--data DIR] [--engine ENGINE]   on the laptop, while the runtime is stopped
  npm run replay -- --queue URL                      on AWS; the stack's output FailureQueueUrl

  --dry-run      look only: nothing is processed and nothing removed
  --drop-lost    remove the messages of events that the stream no longer has, which nobody can tell any more
  --resume WORD  go on with a walk through the table that was stopped, at the place that it printed
  --data         where the runtime keeps everything (.understory)
  --engine       dynoxide (default), dynamodb-local, or the URL of one that runs
  --help

Records are in the stream for 24 hours. For older ones the table is read for items that are not settled: every item once, which
costs read units (one for 4 KB). A message is removed once what it tells of is processed; to run it twice does no harm.
Exit codes: 0 nothing left, 1 something stays in the queue or failed, 2 wrong usage.
`;

const say = (line: string) => void process.stdout.write(`${line}\n`);

function readArguments() {
  const { values } = parseArgs({
    options: {
      queue: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      'drop-lost': { type: 'boolean', default: false },
      resume: { type: 'string' },
      data: { type: 'string' },
      engine: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { queue, data, engine, resume, help, 'dry-run': dryRun, 'drop-lost': dropLost } = values;
  if (queue !== undefined && (data !== undefined || engine !== undefined))
    throw new Error('--queue is on AWS, --data and --engine are not');
  if (queue !== undefined && !URL.canParse(queue)) throw new Error(`--queue ${queue}: not a URL`);
  return { queue, data, engine, help, dryRun, dropLost, resume: resume === undefined ? undefined : decodeResumption(resume) };
}

async function main({ queue, data = '.understory', engine = 'dynoxide', ...given }: ReturnType<typeof readArguments>): Promise<number> {
  const signal = stopOnSignals();
  const { place, close } = queue === undefined ? await onLaptop({ dataDir: resolve(data), engine, onProblem: say }) : onAws(queue);
  try {
    const wait = (milliseconds: number) => delay(milliseconds, undefined, { signal }).catch(() => undefined);
    const report = await replay({ place, ...given, signal, wait, say });
    say(describe(report, given.dryRun));
    return isIncomplete(report) ? 1 : 0;
  } finally {
    await close();
  }
}

try {
  const given = readArguments();
  if (given.help) process.stdout.write(usage);
  else {
    process.exitCode = await main(given).catch((error: unknown) => {
      process.stderr.write(
        `${error instanceof Problem ? error.message : error instanceof Error ? (error.stack ?? error.message) : error}\n`,
      );
      return 1;
    });
  }
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n\n${usage}`);
  process.exitCode = 2;
}
