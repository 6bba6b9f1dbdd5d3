import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PermissionUse } from '../../local/permissions/guard.ts';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import { secretOf } from '../../local/secrets.ts';
import { synthesise } from '../../local/synthesis/synthesise.ts';
import { readAssembly } from '../../local/template/assembly.ts';
import { planStack } from '../../local/template/plan.ts';
import { admin, client, desk, mo } from './client.ts';

const directory = mkdtempSync(join(tmpdir(), 'understory-permissions-'));
let assembly: string;
let runtime: Runtime | undefined;

beforeAll(async () => {
  ({ assembly } = await synthesise(fileURLToPath(new URL('../../config/local.json', import.meta.url))));
});
afterAll(async () => {
  await runtime?.stop();
  rmSync(directory, { recursive: true, force: true });
});

const printed = ({ functionName, action, resource }: PermissionUse) =>
  `${functionName.replace(/Function.*/, '')} ${action} ${resource.replace(/.*:(table|event-bus)\//, '').replace(/[0-9A-F]{8}\b/, '')}`;

/** Lambda itself makes use of these, on behalf of the function: to write its log and to read the stream that wakes it. */
const ofLambda = /^(logs:|sqs:SendMessage|dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)$)/;

/** Everything that a function of the template may do with the table and the bus. */
function granted(): string[] {
  return planStack(readAssembly(assembly), secretOf).functions.flatMap(({ name, role }) =>
    role.allowed.flatMap(({ actions, resources }) =>
      actions
        .filter((action) => !ofLambda.test(action))
        .flatMap((action) => resources.map((resource) => printed({ functionName: name, action, resource }))),
    ),
  );
}

/** A newspaper's day, in which everybody does all that they can. */
async function day({ url, drained, backstage }: Runtime): Promise<void> {
  const ask = client(url);
  const [ann, ben, cyn] = [{ sub: 'ann' }, { sub: 'ben' }, { sub: 'cyn' }];
  const ok = async (...call: Parameters<typeof ask>) => {
    const answer = await ask(...call);
    if (answer.status >= 400) throw new Error(`${call[0]} answered ${answer.status}: ${JSON.stringify(answer.json)}`);
    return answer;
  };
  await ok('PUT /v1/moderation/policy', { as: admin, body: { suspectPhrases: ['snake oil'] }, headers: { 'if-match': '*' } });
  await ok('PUT /v1/articles/a', { as: desk, body: { title: 'A', body: [{ paragraphs: ['Once.'] }] } });
  await ok('PUT /v1/articles/a', { as: desk, body: { title: 'A again', body: [{ paragraphs: ['Twice.'] }] } });
  await ok('PATCH /v1/articles/a', { as: mo, body: { commenting: { open: true } }, headers: { 'if-match': '*' } });
  const post = async (as: { sub: string }, body: string, parentId?: string) =>
    (await ok('POST /v1/articles/a/comments', { as, body: { body, ...(parentId && { parentId }) }, headers: { 'idempotency-key': body } }))
      .json.id as string;
  const first = await post(ann, 'The first.');
  const oil = await post(cyn, 'Buy snake oil.');
  await drained();
  const reply = await post(ben, 'An answer.', first);
  await drained();
  const one = `/v1/articles/a/comments/${first}` as const;
  await ok(`PATCH ${one}`, { as: ann, body: { body: 'The very first.' }, headers: { 'if-match': '*' } });
  await ok(`PUT ${one}/reaction`, { as: ben, body: { kind: 'like' } });
  await ok(`POST ${one}/reports`, { as: cyn, body: { reason: 'spam' } });
  await drained();

  for (const path of ['', '?sort=top', '?sort=oldest', '?view=flat', `/${first}`]) await ok(`GET /v1/articles/a/comments${path}`);
  for (const path of ['/v1/articles', '/v1/articles/a', '/v1/counts?articles=a,b', '/v1/health'] as const) await ok(`GET ${path}`);
  await (await fetch(`${url}/v1/articles/a/feed.xml`)).text();

  const moderate = (path: `/${string}`) => ok(`GET /v1/moderation${path}`, { as: mo });
  for (const path of [
    '/queues',
    '/queues/held',
    '/users/ann',
    '/audit',
    '/audit?actor=root',
    '/stats',
    '/policy',
    '/search?article=a',
    '/search?author=ann',
  ] as const)
    await moderate(path);
  await moderate(`/comments/a/${first}`);
  await ok('POST /v1/moderation/queues/held/claims', { as: mo, body: { limit: 5 } });
  await ok('DELETE /v1/moderation/queues/held/claims', { as: mo });
  const [housekeeping] = [...backstage.functions.values()].filter(({ plan }) => plan.name.startsWith('housekeeping'));
  expect(await housekeeping?.invoke('{}')).toMatchObject({ ok: true });
  const decide = (commentId: string, action: string) =>
    ok('POST /v1/moderation/decisions', { as: mo, body: { decisions: [{ articleId: 'a', commentId, action }] } });
  await decide(oil, 'reject');
  await drained();
  await ok(`POST /v1/articles/a/comments/${oil}/appeal`, { as: cyn, body: { note: 'Why?' } });
  await ok('PATCH /v1/moderation/users/ben', { as: mo, body: { standing: 'trusted' } });
  await ok('POST /v1/moderation/policy/trial', { as: mo, body: { policy: {}, since: new Date(Date.now() - 3_600_000).toISOString() } });
  await ok('POST /v1/admin/articles/a/recount', { as: admin });
  await ok('POST /v1/moderation/jobs', { as: mo, body: { kind: 'reject-branch', articleId: 'a', commentId: reply } });
  const job = await ok('POST /v1/moderation/jobs', { as: mo, body: { kind: 'reject-member', memberId: 'cyn', days: 1 } });
  await drained();
  await moderate(`/jobs/${job.json.id}`);

  await ok('GET /v1/articles/a/me', { as: cyn });
  await ok('GET /v1/me/comments', { as: ann });
  await ok('GET /v1/me/export', { as: ann });
  await ok(`DELETE ${one}/reaction`, { as: ben });
  await ok(`DELETE ${one}`, { as: ann });
  await drained();
  await ok(`DELETE /v1/articles/a/comments/${reply}`, { as: ben });
  await drained();
  const erasure = await ok('DELETE /v1/me', { as: ann });
  await drained();
  await ok(`GET /v1/me/erasures/${erasure.json.id}`, { as: ann });
  await ok('DELETE /v1/articles/a', { as: desk });
  await ok('PUT /v1/articles/a', { as: desk, body: { title: 'A anew' } });
  await drained();
}

describe('what the functions may do with the table and the bus', () => {
  it('is exactly what they do: each would be missed, and nothing else is needed', { timeout: 120_000 }, async () => {
    const uses = new Set<string>();
    runtime = await startRuntime({
      ...{ port: 0, assembly, dataDir: join(directory, 'all') },
      onPermissionUse: (use) => uses.add(printed(use)),
    });
    await day(runtime);
    await runtime.stop();

    expect(granted().filter((each) => !uses.has(each))).toEqual([]);
    expect([...uses].toSorted()).toEqual(granted().toSorted());
  });

  it('is refused where the template leaves out one action: the route answers 500, and the log names it', async () => {
    const dataDir = join(directory, 'less');
    runtime = await startRuntime({ port: 0, assembly: assemblyWithout('member', 'dynamodb:PutItem'), dataDir });
    const ask = client(runtime.url);
    await ask('PUT /v1/articles/a', { as: desk, body: { title: 'A' } });
    const refused = await ask('POST /v1/articles/a/comments', { as: { sub: 'ann' }, body: { body: 'Here.' } });
    await runtime.stop();

    expect([refused.status, refused.json.type]).toEqual([500, '/problems/internal']);
    expect(JSON.stringify(refused.json)).not.toContain('dynamodb');
    const logs = readdirSync(join(dataDir, 'logs')).filter((name) => name.startsWith('member'));
    expect(logs.map((name) => readFileSync(join(dataDir, 'logs', name), 'utf8')).join('')).toMatch(
      /AccessDeniedException.*is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:[^ ]*:table\/CommentsTable/,
    );
  });
});

/** A copy of the assembly whose template leaves out one action of a function. */
function assemblyWithout(functionName: string, action: string): string {
  const copy = join(directory, 'assembly');
  cpSync(assembly, copy, { recursive: true });
  const file = join(copy, readdirSync(copy).find((name) => name.endsWith('.template.json'))!);
  const template = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, { Type: string; Properties: PolicyProperties }> };
  const own = Object.entries(template.Resources).filter(([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.startsWith(functionName));
  for (const [, { Properties }] of own) {
    for (const statement of Properties.PolicyDocument.Statement) {
      statement.Action = [statement.Action].flat().filter((each) => each !== action);
    }
  }
  writeFileSync(file, JSON.stringify(template));
  return copy;
}

interface PolicyProperties {
  PolicyDocument: { Statement: { Action: string | string[] }[] };
}
