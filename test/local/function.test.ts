import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LambdaFunction, startFunction } from '../../local/lambda/function.ts';
import type { FunctionPlan } from '../../local/template/functions.ts';

let directory: string;
let running: LambdaFunction[] = [];
let problems: string[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'understory-function-'));
  problems = [];
});
afterEach(async () => {
  await Promise.all(running.map((each) => each.stop()));
  running = [];
  rmSync(directory, { recursive: true, force: true });
});

function start(source: string, plan: Partial<FunctionPlan> = {}, whenInvoked = false): LambdaFunction {
  mkdirSync(join(directory, 'code'), { recursive: true });
  writeFileSync(join(directory, 'code', 'index.mjs'), source);
  const started = startFunction({
    plan: {
      ...{
        logicalId: 'F',
        name: 'F',
        arn: 'arn:F',
        role: { name: 'Role', allowed: [] },
        directory: join(directory, 'code'),
        handler: 'index.handler',
      },
      ...{ memoryMegabytes: 128, timeoutSeconds: 5, eventRetries: 2, environment: {} },
      ...plan,
    },
    environment: { GIVEN: 'yes' },
    logFile: join(directory, 'F.log'),
    verbose: false,
    whenInvoked,
    onProblem: (line) => problems.push(line),
  });
  running.push(started);
  return started;
}
const call = (target: LambdaFunction, event: unknown = null) => target.invoke(JSON.stringify(event), 'request-1');
const result = async (target: LambdaFunction, event?: unknown) => {
  const outcome = await call(target, event);
  return outcome.ok ? JSON.parse(outcome.payload) : outcome.error.errorMessage;
};

describe('a function', () => {
  test('gets its event and a context, and its result comes back as JSON says it', async () => {
    const echo = start(`export const handler = async (event, context) => ({
      event, id: context.awsRequestId, name: context.functionName, memory: context.memoryLimitInMB,
      left: context.getRemainingTimeInMillis() > 4000, lost: undefined, at: new Date(0),
    });`);
    expect(await result(echo, { a: 1 })).toEqual({
      ...{ event: { a: 1 }, id: 'request-1', name: 'F', memory: '128', left: true, at: '1970-01-01T00:00:00.000Z' },
    });
  });

  test('finds the environment it is given, and nothing of ours', async () => {
    const env = start('export const handler = async () => Object.keys(process.env);');
    expect(await result(env)).toEqual(['GIVEN']);
  });

  test('is loaded once and takes invocations at the same time', async () => {
    const counting = start(`let loaded = 0; let waiting = []; loaded += 1;
      export const handler = (event) => new Promise((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 3) for (const each of waiting) each(loaded);
      });`);
    expect(await Promise.all([result(counting), result(counting), result(counting)])).toEqual([1, 1, 1]);
  });

  test('that may wait is loaded by its first invocation, and once', async () => {
    const source = `globalThis.loads = (globalThis.loads ?? 0) + 1;
      process.stdout.write('loaded');
      export const handler = () => globalThis.loads;`;
    const waiting = start(source, {}, true);
    await waiting.ready;
    expect(existsSync(join(directory, 'F.log'))).toBe(false);
    expect(await Promise.all([result(waiting), result(waiting)])).toEqual([1, 1]);
    expect(readFileSync(join(directory, 'F.log'), 'utf8')).toBe('loaded');
  });

  test('works on 32 invocations at once, and the others wait their turn', async () => {
    const crowded = start(`let inside = 0; let most = 0;
      export const handler = async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setTimeout(resolve, 5));
        inside -= 1;
        return most;
      };`);
    const results = await Promise.all(Array.from({ length: 100 }, () => result(crowded)));
    expect(Math.max(...results)).toBe(32);
  });

  test('that throws fails that invocation alone, and says so in one line', async () => {
    const failing = start(`export const handler = async (event) => { if (event) throw new TypeError('not\\nthat'); return 'ok'; };`);
    expect(await call(failing, true)).toMatchObject({ ok: false, error: { errorType: 'TypeError', errorMessage: 'not\nthat' } });
    expect(await result(failing, false)).toBe('ok');
    expect(problems).toEqual(['F failed: TypeError: not (request-1)']);
  });

  test.each([
    ['process.exit', 'process.exit(3)', 'exit status 3'],
    ['an uncaught exception', `setImmediate(() => { throw new Error('boom'); })`, 'boom'],
    ['an unhandled rejection', `Promise.reject(new Error('lost'))`, 'lost'],
    ['too much memory', 'const all = []; for (;;) all.push(new Array(1e6).fill(Math.random()))', 'out of memory'],
  ])('that breaks by %s fails what is under way and runs anew', async (_, code, message) => {
    const breaking = start(
      `export const handler = (event) => new Promise((resolve) => { if (event === 'fine') resolve('fine'); else if (event) { ${code}; } });`,
      {
        memoryMegabytes: 64,
      },
    );
    const underWay = result(breaking);
    expect(await result(breaking, 'break')).toContain(message);
    expect(await underWay).toContain(message);
    expect(await result(breaking, 'fine')).toBe('fine');
  });

  test('whose time is over fails, also if it never gives up the thread', async () => {
    const stuck = start(`export const handler = async (event) => { if (event) for (;;); return 'ok'; };`, { timeoutSeconds: 0.2 });
    expect(await result(stuck, true)).toBe('Task timed out after 0.20 seconds');
    expect(await result(stuck, false)).toBe('ok');
  });

  test('that cannot be loaded says why', async () => {
    const broken = start(`throw new Error('no table');`);
    await expect(broken.ready).rejects.toThrow('no table');
    expect(await result(start('export const other = 1;'))).toContain('handler is not a function');
  });

  test('prints into its log, and what it said last before it broke is there', async () => {
    const talking = start(`export const handler = async () => { console.log('last words'); console.error('indeed'); process.exit(1); };`);
    await call(talking);
    expect(readFileSync(join(directory, 'F.log'), 'utf8')).toBe('last words\nindeed\n');
  });
});
