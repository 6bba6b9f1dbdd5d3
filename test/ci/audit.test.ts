import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

const directory = mkdtempSync(join(tmpdir(), 'understory-audit-'));
let answerAdvisories: (response: ServerResponse) => void;
const registry = createServer((request, response) => {
  if (request.url?.endsWith('/advisories/bulk')) answerAdvisories(response);
  else response.writeHead(404).end('{}');
});

beforeAll(() => new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  registry.close().closeAllConnections();
  rmSync(directory, { recursive: true, force: true });
});

/** Runs the check against the registry of this test. */
function audit(): Promise<{ status: number; text: string }> {
  const { port } = registry.address() as AddressInfo;
  // npm keeps what it was told of an advisory.
  const cache = mkdtempSync(join(directory, 'cache-'));
  const settings = { npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_fetch_retries: '0', npm_config_cache: cache };
  return new Promise((resolve) => {
    const options = { cwd: root, env: { ...process.env, ...settings } };
    execFile(process.execPath, ['.ci/audit.ts'], options, (error, text) => resolve({ status: Number(error?.code ?? 0), text }));
  });
}

const advisory = (severity: string) => ({
  ...{ id: 1, url: 'https://advisories.example/1', title: 'A hole', severity, vulnerable_versions: '*' },
  ...{ cwe: [], cvss: { score: 0, vectorString: null } },
});
const answering = (advisories: object) => (response: ServerResponse) => {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(advisories));
};

it('an advisory of high severity in what is shipped is named, and fails', async () => {
  answerAdvisories = answering({ jose: [advisory('high')], vitest: [advisory('critical')] });
  expect(await audit()).toEqual({
    status: 1,
    text: `high: jose, A hole (https://advisories.example/1)\nAdvisories: 1 of high severity in what is shipped\n`,
  });
});

it('one of lower severity fails nothing', async () => {
  answerAdvisories = answering({ jose: [advisory('moderate')] });
  expect(await audit()).toEqual({ status: 0, text: 'Advisories: 0 of high severity in what is shipped\n' });
});

it('where the registry does not tell, it is left out and says so', async () => {
  answerAdvisories = (response) => response.writeHead(405).end('{}');
  const { status, text } = await audit();
  expect(status).toBe(0);
  expect(text).toMatch(/^Advisories: left out, because the registry does not tell them here \(.*405.*\)\n$/);
});
