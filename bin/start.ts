import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { messageOf, Problem } from '../local/problem.ts';
import { type Runtime, startRuntime } from '../local/runtime.ts';
import { welcome } from '../local/welcome.ts';

const usage = `Usage: npm start -- [options]

Runs the whole stack on this machine.

  --port N              where to listen on 127.0.0.1 (default 3000; 0 for any that is free)
  --data DIR            where everything is kept (default .understory)
  --fresh               begin anew: delete what an earlier run kept there
  --engine ENGINE       dynoxide (default), dynamodb-local (needs Java 17), or the URL of one that runs
  --configuration FILE  what to synthesise with (default config/local.json)
  --chaos [SEED]        strike what the stream wakes with faults: batches fail, come twice, late or mixed, workers die
  --events              print every event that is published, a line of JSON each
  --verbose             show what the functions print
  --help
`;

const print = (text: string) => process.stdout.write(`${text}\n`);
const complain = (text: string) => process.stderr.write(`${text}\n`);

await main().catch((error: unknown) => {
  complain(error instanceof Problem ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
});

async function main(): Promise<void> {
  const options = readArguments();
  if (options === undefined) return;
  const begun = performance.now();
  const onProgress = (line: string) => print(`${((performance.now() - begun) / 1000).toFixed(2).padStart(6)} s  ${line}`);
  const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<void>();
  listenForSignals(interrupt);
  const { events, ...rest } = options;
  const onEvent = events ? { onEvent: ({ detail }: { detail: unknown }) => print(JSON.stringify(detail)) } : {};
  const runtime = await startRuntime({ ...rest, ...onEvent, onProgress, onProblem: complain });
  print(`Listening on ${runtime.url}\n`);
  print(await welcome(runtime.url));
  await untilTheEnd(runtime, interrupted);
  process.exit();
}

function readArguments() {
  try {
    const { values } = parseArgs({
      args: process.argv.slice(2).map(withSeed),
      options: {
        port: { type: 'string', default: '3000' },
        data: { type: 'string', default: '.understory' },
        fresh: { type: 'boolean', default: false },
        engine: { type: 'string', default: 'dynoxide' },
        configuration: { type: 'string' },
        chaos: { type: 'string' },
        events: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(usage);
      return undefined;
    }
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port takes a number from 0 to 65535');
    const chaos = values.chaos === undefined ? undefined : Number(values.chaos);
    if (chaos !== undefined && !Number.isSafeInteger(chaos)) throw new Error('--chaos takes a whole number, or none');
    const { data: dataDir, fresh, engine, events, verbose, configuration } = values;
    const given = { ...(configuration !== undefined && { configuration }), ...(chaos !== undefined && { chaos }) };
    return { port, dataDir, fresh, engine, events, verbose, ...given };
  } catch (error) {
    complain(`${messageOf(error)}\n\n${usage}`);
    process.exitCode = 1;
    return undefined;
  }
}

/** `--chaos` alone gets a seed, which the runtime prints. */
function withSeed(argument: string, index: number, all: readonly string[]): string {
  return argument === '--chaos' && !/^-?\d/.test(all[index + 1] ?? '') ? `--chaos=${randomInt(2 ** 31)}` : argument;
}

/** The first signal asks for an orderly end, the second ends at once; what was not written down then is delivered again. */
function listenForSignals(interrupt: () => void): void {
  let received = 0;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      received += 1;
      if (received > 1) process.exit(1);
      interrupt();
    });
  }
}

async function untilTheEnd(runtime: Runtime, interrupted: Promise<void>): Promise<void> {
  const failure = await Promise.race([interrupted, runtime.failed]);
  if (failure === undefined) print('Stopping');
  else complain(failure);
  await runtime.stop();
  process.exitCode = failure === undefined ? 0 : 1;
}
