import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client, eventually, mo, walk } from '../e2e/client.ts';
import { describeMainJob } from '../e2e/main-job.ts';
import { bootstrap, deploy } from './cdk.ts';
import { type Emulator, installEmulator, startEmulator } from './emulator.ts';

const configuration = fileURLToPath(new URL('../../config/emulator.json', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'understory-deploy-'));
const python = await installEmulator();

let emulator: Emulator;
let url: string;

/** The secret that the stack has generated, which the site's sign-on is given. */
async function generatedSiteSecret(): Promise<string> {
  const secrets = new SecretsManagerClient();
  try {
    const described = { Key: 'description' as const, Values: ['Signs and verifies the tokens'] };
    const { SecretList } = await secrets.send(new ListSecretsCommand({ Filters: [described] }));
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: SecretList?.[0]?.ARN }));
    if (!SecretString) throw new Error('The stack has generated no site secret');
    return SecretString;
  } finally {
    secrets.destroy();
  }
}

describe.skipIf(python === undefined)('a deployment into an empty account', () => {
  beforeAll(async () => {
    emulator = await startEmulator(python!);
    Object.assign(process.env, emulator.environment);
    await bootstrap(emulator.environment);
    const outputs = await deploy(configuration, emulator.environment);
    url = emulator.addressOf(outputs.ApiUrl!);
    process.env.UNDERSTORY_SITE_SECRET = await generatedSiteSecret();
  });

  afterAll(async () => {
    await emulator?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  describeMainJob(() => ({ url, directory }));

  it('loses nothing in an upgrade, and goes on with it', async () => {
    const ask = client(url);
    const queues = () => ask('GET /v1/moderation/queues', { as: mo });
    const everything = async () => ({
      ceasefire: await walk(ask, '/v1/articles/ceasefire/comments?view=flat'),
      debate: await walk(ask, '/v1/articles/debate/comments?view=flat'),
      counts: (await ask('GET /v1/counts?articles=ceasefire,debate')).json,
    });
    const before = await everything();
    expect(before.counts).toEqual({ counts: { ceasefire: 19, debate: 1 } });
    expect((await queues()).status).toBe(200);

    // Roles are looked for elsewhere now: whoever sees it talks to the functions of this upgrade.
    const upgraded = join(directory, 'upgraded.json');
    const now = JSON.parse(readFileSync(configuration, 'utf8'));
    writeFileSync(upgraded, JSON.stringify({ ...now, logRetentionDays: 3, identity: { ...now.identity, rolesClaim: 'groups' } }));
    const outputs = await deploy(upgraded, emulator.environment);

    expect(emulator.addressOf(outputs.ApiUrl!)).toBe(url);
    expect((await queues()).status).toBe(403);
    expect(await everything()).toEqual(before);
    const posted = await ask('POST /v1/articles/debate/comments', { as: { sub: 'una' }, body: { body: 'Still here.' } });
    expect(posted.status).toBe(201);
    await eventually(
      async () => (await ask('GET /v1/counts?articles=debate')).json.counts.debate,
      (count) => count === 2,
    );
  });
});
