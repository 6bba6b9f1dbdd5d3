import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '../../local/engine/free-port.ts';
import { startGuarded } from '../../local/engine/guarded-process.ts';
import { messageOf } from '../../local/problem.ts';

const run = promisify(execFile);
const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
/** Where it is installed, once, and writes its log. */
const home = fileURLToPath(new URL('../../build/emulator', import.meta.url));
const patienceMilliseconds = 60_000;

/** An AWS on this machine. */
export interface Emulator {
  readonly endpoint: string;
  /** What sends an AWS program to the emulator, and nowhere else. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where an HTTP API of API Gateway answers, whose own address has no meaning outside AWS. */
  addressOf(apiUrl: string): string;
  stop(): Promise<void>;
}

/**
 * Installs MiniStack below `build/`, in the exact versions and with the hashes of `requirements.txt`, unless it is there already.
 *
 * @returns the Python that runs it, or `undefined` and one line on stderr where it cannot be had: what needs it is then left out
 * @throws Error where it cannot be had and `CI` is set: there nothing may be left out
 */
export async function installEmulator(): Promise<string | undefined> {
  const environment = join(home, 'venv');
  const python = join(environment, 'bin/python');
  const installed = join(environment, 'installed');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return python;
  try {
    await run('openssl', ['version'], { timeout: 10_000 });
    await run('python3', ['-m', 'venv', '--clear', environment], { timeout: 60_000 });
    await run(python, ['-m', 'pip', 'install', '--quiet', '--require-hashes', '--requirement', requirements], { timeout: 120_000 });
    writeFileSync(installed, wanted);
    return python;
  } catch (error) {
    const message = `no AWS emulator; it needs openssl, Python 3.11 and the Python Package Index (${messageOf(error)})`;
    if (process.env.CI) throw new Error(message, { cause: error });
    process.stderr.write(`Tests are left out: ${message}\n`);
    return undefined;
  }
}

/**
 * Starts an empty AWS that checks every permission and speaks TLS, because policies of the bootstrap stack refuse anything else.
 * From then on this process trusts its certificate.
 */
export async function startEmulator(python: string): Promise<Emulator> {
  // Not below the project: the functions are unpacked here, and Node.js would read its package.json for them.
  const temporary = mkdtempSync(join(tmpdir(), 'understory-emulator-'));
  const log = join(home, 'ministack.log');
  rmSync(log, { force: true });
  const port = await freePort();
  const endpoint = `https://localhost:${port}`;
  const certificate = join(temporary, 'ministack-tls/server.crt');
  const settings = {
    ...{ GATEWAY_PORT: String(port), TMPDIR: temporary, AUTH: 'true', USE_SSL: '1' },
    // The functions run as its children, on the Node.js that this runs on, and inherit both.
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    NODE_EXTRA_CA_CERTS: certificate,
  };
  const server = await startGuarded(
    [
      ...['env', '-u', 'AWS_ENDPOINT_URL', ...Object.entries(settings).map(([name, value]) => `${name}=${value}`)],
      ...[python, '-m', 'hypercorn', 'ministack.app:app', '--config', 'python:ministack.core.hypercorn_conf'],
      ...['--bind', `127.0.0.1:${port}`, '--keep-alive', '75'],
    ],
    log,
    join(temporary, 'process.json'),
    temporary,
  );
  const stop = async () => {
    await server.stop();
    rmSync(temporary, { recursive: true, force: true });
  };
  try {
    await untilReady(endpoint, certificate, server.hasEnded);
  } catch (cause) {
    await stop();
    throw new Error(`The emulator does not start: see ${log}`, { cause });
  }
  return {
    endpoint,
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_CA_BUNDLE: certificate,
      NODE_EXTRA_CA_CERTS: certificate,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'us-east-1',
      // The first version of the AWS CLI looks here only.
      AWS_DEFAULT_REGION: 'us-east-1',
    },
    addressOf: (apiUrl) => `${endpoint}/_aws/execute-api/${new URL(apiUrl).hostname.split('.', 1)[0]}/$default`,
    stop,
  };
}

async function untilReady(endpoint: string, certificate: string, hasEnded: () => boolean): Promise<void> {
  for (const until = Date.now() + patienceMilliseconds; ; await delay(100)) {
    if (existsSync(certificate)) {
      setDefaultCACertificates([...getCACertificates(), readFileSync(certificate, 'utf8')]);
      const answer = await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
      if (answer?.ok) return;
    }
    if (hasEnded() || Date.now() > until) throw new Error('It does not answer');
  }
}
