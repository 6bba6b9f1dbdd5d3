import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { readComment } from '#comments/comment-storage.ts';
import type { PostingStanding } from '#members/rules/standing.ts';
import { isJudgement } from '#moderation/rules/decision.ts';
import { settleBatch } from '#settling/settle-batch.ts';
import { table, tableName } from '#table/client.ts';
import { jobKey } from '#table/keys.ts';
import { call } from '../support/call.ts';
import { isMapped } from '../support/settling.ts';
import { scanTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';
import { type Fault, underFault } from './adversary.ts';
import type { Expected } from './truth.ts';

/** One step of a history. Numbers choose among what is there, whatever that is, so that any shrunken history still runs. */
export type Step =
  | { kind: 'post'; article: number; author: number; text: 'plain' | 'suspect' | 'banned' }
  | { kind: 'reply'; to: number; author: number; text: 'plain' | 'suspect' | 'banned' }
  | { kind: 'decide'; comment: number; moderator: number; action: keyof typeof decided }
  | { kind: 'appeal'; comment: number }
  | { kind: 'edit'; comment: number; text: 'plain' | 'suspect' | 'banned' }
  | { kind: 'delete'; comment: number }
  | { kind: 'erase'; author: number }
  | { kind: 'react'; comment: number; member: number; reaction: 'like' | 'love' | undefined }
  | { kind: 'stand'; author: number; standing: PostingStanding }
  | { kind: 'report'; comment: number; member: number; reason: 'spam' | 'abuse' }
  /** A batch of what the stream has, from anywhere, in any order, be it new or long delivered. */
  | { kind: 'deliver'; records: number[]; fault: Fault }
  /** The next records in their order, as the event source mapping brings them. */
  | { kind: 'next'; size: number; fault: Fault };

const text = fc.constantFrom('plain', 'plain', 'plain', 'suspect', 'banned') as fc.Arbitrary<'plain' | 'suspect' | 'banned'>;
const any = fc.nat(1_000);
const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fault>({ kind: 'none' }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('crash-before', 'crash-after', 'conflict'), at: fc.integer({ min: 1, max: 6 }) }),
  },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('post'), article: any, author: any, text }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('reply'), to: any, author: any, text }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('decide'),
      comment: any,
      moderator: any,
      action: fc.constantFrom('approve', 'reject', 'spam', 'feature', 'unfeature'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('appeal'), comment: any }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('edit'), comment: any, text }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete'), comment: any }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('erase'), author: any }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('react'),
      comment: any,
      member: any,
      reaction: fc.constantFrom('like', 'like', 'love', undefined),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('stand'),
      author: any,
      standing: fc.constantFrom('trusted', 'normal', 'held', 'muted'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('report'), comment: any, member: any, reason: fc.constantFrom('spam', 'abuse') }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('deliver'), records: fc.array(any, { minLength: 1, maxLength: 8 }), fault }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('next'), size: fc.integer({ min: 1, max: 12 }), fault }) },
) as fc.Arbitrary<Step>;

export const history: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 5, maxLength: 45 });

const next = (size: number): Step => ({ kind: 'next', size, fault: { kind: 'none' } });
const suspect = { kind: 'post', article: 0, author: 0, text: 'suspect' } as const;
const decideFirst = (action: 'approve' | 'reject'): Step => ({ kind: 'decide', comment: 0, moderator: 0, action });

/** Histories that chance seldom finds, played before those that it does. */
export const seldomFound: Step[][] = [
  // Held, decided on, held again for longer, decided on again; the second decision is counted in the place of the first.
  [
    ...[suspect, next(1), decideFirst('approve'), next(1)],
    ...[{ kind: 'edit', comment: 0, text: 'suspect' } as const, suspect, suspect, next(3), decideFirst('reject'), next(1)],
  ],
  // Decided on and held again by an edit before the first decision was counted: only the time moves.
  [suspect, next(1), decideFirst('approve'), { kind: 'edit', comment: 0, text: 'suspect' }, next(2)],
  // Reported, and the report answered: it still is a comment that was reported.
  [
    ...[{ ...suspect, text: 'plain' } as const, next(1), { kind: 'report', comment: 0, member: 0, reason: 'spam' } as const, next(1)],
    ...[next(1), decideFirst('approve'), next(1)],
  ],
];

const articles = ['model-a', 'model-b'];
/** What comes of a text by its author's standing. */
const verdicts = {
  normal: { plain: 'approved', suspect: 'held', banned: 'rejected' },
  trusted: { plain: 'approved', suspect: 'approved', banned: 'rejected' },
  held: { plain: 'held', suspect: 'held', banned: 'rejected' },
  muted: { plain: 'muted', suspect: 'muted', banned: 'muted' },
} as const;
const words = { plain: 'a fair point', suspect: 'this is fishy', banned: 'this is foul' } as const;
const decided = { approve: 'approved', reject: 'rejected', spam: 'spam', feature: undefined, unfeature: undefined } as const;

/** Plays histories against the real endpoints and the real settling, and keeps a plain model of what must come out. */
export class Play {
  readonly expected: Expected[] = [];
  /** What members did to comments, by key, as what it counts as. */
  readonly marks = new Map<string, string>();
  /** Ids of members who erased their data. Whoever comes back does so under another id, so that it is plain what must go. */
  readonly erased = new Set<string>();
  private readonly standings = new Map<string, PostingStanding>();
  /** Decisions that were applied, by comment and in their order, as what they led to. */
  readonly decisions = new Map<string, string[]>();
  /** Comments that a moderator decided on while they were held. */
  readonly waited = new Set<string>();
  private readonly records: DynamoDBRecord[] = [];
  /** Records before this position have been delivered in their order. */
  private position = 0;
  private edits = 0;
  private readonly readStream: () => Promise<DynamoDBRecord[]>;

  constructor(readStream: () => Promise<DynamoDBRecord[]>) {
    this.readStream = readStream;
  }

  /** An empty table with two open articles and a policy that knows a suspect and a banned word. */
  async begin(): Promise<void> {
    const items = await scanTable<{ pk: string; sk: string }>();
    for (let n = 0; n < items.length; n += 25) {
      const requests = items.slice(n, n + 25).map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } }));
      await table.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
    }
    await this.readStream();
    const admin = await tokenOf('admin', ['admin']);
    const policy = {
      suspectPhrases: ['fishy'],
      bannedPhrases: ['foul'],
      reactions: ['like', 'love'],
      rate: { perMinute: 10_000, perHour: 100_000 },
    };
    expectStatus(await call('PUT /v1/moderation/policy', { token: admin, body: policy, headers: { 'if-match': '"0"' } }), 200);
    for (const id of articles) expectStatus(await call(`PUT /v1/articles/${id}`, { token: admin, body: { title: id } }), 201);
  }

  async take(step: Step): Promise<void> {
    if (step.kind === 'post') return this.post(articles[step.article % articles.length] ?? '', undefined, step);
    if (step.kind === 'reply') return this.reply(step);
    if (step.kind === 'decide') return this.decide(step);
    if (step.kind === 'appeal') return this.appeal(step);
    if (step.kind === 'edit') return this.edit(step);
    if (step.kind === 'delete') return this.delete(step);
    if (step.kind === 'erase') return this.erase(step);
    if (step.kind === 'react') return this.react(step);
    if (step.kind === 'report') return this.report(step);
    if (step.kind === 'stand') return this.stand(step);
    await this.fetch();
    if (step.kind === 'deliver') {
      const batch = step.records.flatMap((choice) => this.records[choice % Math.max(1, this.records.length)] ?? []);
      await this.deliver(batch, step.fault);
      return;
    }
    const batch = this.records.slice(this.position, this.position + step.size);
    if (await this.deliver(batch, step.fault)) this.position += batch.length;
  }

  /** Brings what is left, in order and without faults, until settling has nothing more to say. */
  async finish(): Promise<void> {
    for (await this.fetch(); this.position < this.records.length; await this.fetch()) {
      const batch = this.records.slice(this.position, this.position + 20);
      if (!(await this.deliver(batch, { kind: 'none' }))) throw new Error('settling failed without a fault');
      this.position += batch.length;
    }
  }

  /** Days later, a part of it all comes once more. */
  async replay(): Promise<void> {
    const old = this.records.filter((_, n) => n % 2 === 0).reverse();
    for (let n = 0; n < old.length; n += 7) await this.deliver(old.slice(n, n + 7), { kind: 'none' });
    await this.finish();
  }

  private async post(articleId: string, parentId: string | undefined, { author, text }: { author: number; text: keyof typeof words }) {
    const body = `${words[text]}, said for time number ${this.expected.length}`;
    const authorId = this.authorOf(author);
    const token = await tokenOf(authorId);
    const answer = await call(`POST /v1/articles/${articleId}/comments`, { token, body: { body, ...(parentId && { parentId }) } });
    // A parent that is hidden takes no replies: then there is no comment, and nothing to count.
    if (parentId !== undefined && [404, 409].includes(answer.status)) return;
    expectStatus(answer, 201);
    this.expected.push({ id: answer.json.id, articleId, parentId, status: this.verdictOn(authorId, text), authorId });
  }

  private async reply(step: Extract<Step, { kind: 'reply' }>) {
    const parent = this.expected[step.to % Math.max(1, this.expected.length)];
    if (parent !== undefined) await this.post(parent.articleId, parent.id, step);
  }

  private async decide(step: Extract<Step, { kind: 'decide' }>) {
    const comment = this.expected[step.comment % Math.max(1, this.expected.length)];
    if (comment === undefined) return;
    const decision = { articleId: comment.articleId, commentId: comment.id, action: step.action };
    const stored = await readComment(comment.articleId, comment.id, { consistent: true });
    const moderator = `mod-${step.moderator % 2}`;
    const token = await tokenOf(moderator, ['moderator']);
    const answer = await call('POST /v1/moderation/decisions', { token, body: { decisions: [decision] } });
    expectStatus(answer, 200);
    // What its author deleted stays deleted, and an edit that nobody has seen yet is not approved unseen.
    const { outcome, status } = answer.json.results[0];
    const judges = decided[step.action] !== undefined;
    // An appeal is for another moderator than the one who took the comment down.
    if (judges && comment.appeal === 'open') expectOutcome(outcome, comment.judgedBy === moderator ? 'conflict' : 'applied');
    if (outcome === 'applied') this.decisions.set(comment.id, [...(this.decisions.get(comment.id) ?? []), status]);
    if (outcome === 'applied' && stored?.status === 'held' && isJudgement(step.action)) this.waited.add(comment.id);
    if (outcome === 'conflict' || this.erased.has(comment.authorId)) return;
    comment.status = decided[step.action] ?? comment.status;
    if (!judges || outcome !== 'applied') return;
    comment.judgedBy = moderator;
    if (comment.appeal === 'open') comment.appeal = 'answered';
  }

  private async appeal({ comment: choice }: Extract<Step, { kind: 'appeal' }>) {
    const comment = this.expected[choice % Math.max(1, this.expected.length)];
    if (comment === undefined || this.erased.has(comment.authorId)) return;
    const stored = await readComment(comment.articleId, comment.id, { consistent: true });
    const path = `/v1/articles/${comment.articleId}/comments/${comment.id}/appeal` as const;
    const answer = await call(`POST ${path}`, { token: await tokenOf(comment.authorId), body: { note: 'I meant it well.' } });
    const isFirst = comment.appeal === undefined && ['rejected', 'spam'].includes(stored?.status ?? '');
    expectStatus(answer, isFirst ? 201 : 409);
    if (isFirst) comment.appeal = 'open';
  }

  private async edit({ comment: choice, text }: Extract<Step, { kind: 'edit' }>) {
    const comment = this.expected[choice % Math.max(1, this.expected.length)];
    if (comment === undefined || this.erased.has(comment.authorId)) return;
    const stored = await readComment(comment.articleId, comment.id, { consistent: true });
    const answer = await call(`PATCH /v1/articles/${comment.articleId}/comments/${comment.id}`, {
      token: await tokenOf(comment.authorId),
      body: { body: `${words[text]}, edited ${this.edits++} times` },
      headers: { 'if-match': `"${stored?.revision}"` },
    });
    if (['rejected', 'spam', 'deleted'].includes(stored?.status ?? '')) return expectStatus(answer, 409);
    expectStatus(answer, 200);
    const verdict = this.verdictOn(comment.authorId, text);
    // What waits goes on waiting, unless it is a trusted member's.
    const waits = stored?.status === 'held' && verdict === 'approved' && this.standings.get(comment.authorId) !== 'trusted';
    comment.status = waits ? 'held' : verdict;
    comment.judgedBy = undefined;
  }

  private async delete({ comment: choice }: Extract<Step, { kind: 'delete' }>) {
    const comment = this.expected[choice % Math.max(1, this.expected.length)];
    if (comment === undefined || this.erased.has(comment.authorId)) return;
    const token = await tokenOf(comment.authorId);
    expectStatus(await call(`DELETE /v1/articles/${comment.articleId}/comments/${comment.id}`, { token }), 204);
    comment.status = 'deleted';
    comment.appeal = undefined;
  }

  private async erase({ author }: Extract<Step, { kind: 'erase' }>) {
    const authorId = this.authorOf(author);
    expectStatus(await call('DELETE /v1/me', { token: await tokenOf(authorId) }), 202);
    this.erased.add(authorId);
    for (const comment of this.expected)
      if (comment.authorId === authorId) Object.assign(comment, { status: 'deleted', appeal: undefined });
  }

  /** One of three authors, in their latest life. */
  private authorOf(choice: number): string {
    for (let life = 1; ; life += 1) {
      const id = `author-${choice % 3}-life-${life}.`;
      if (!this.erased.has(id)) return id;
    }
  }

  private async react({ comment: choice, member, reaction }: Extract<Step, { kind: 'react' }>) {
    const comment = this.expected[choice % Math.max(1, this.expected.length)];
    if (comment === undefined) return;
    const memberId = `reader-${member % 4}`;
    const path = `/v1/articles/${comment.articleId}/comments/${comment.id}/reaction` as const;
    const key = `C#${comment.id} reaction#${memberId}`;
    const token = await tokenOf(memberId);
    if (reaction === undefined) {
      expectStatus(await call(`DELETE ${path}`, { token }), 204);
      this.marks.delete(key);
      return;
    }
    // What is hidden takes no reactions.
    if ((await call(`PUT ${path}`, { token, body: { kind: reaction } })).status === 200) this.marks.set(key, reaction);
  }

  private async report({ comment: choice, member, reason }: Extract<Step, { kind: 'report' }>) {
    const comment = this.expected[choice % Math.max(1, this.expected.length)];
    if (comment === undefined) return;
    const memberId = `reader-${member % 4}`;
    const path = `/v1/articles/${comment.articleId}/comments/${comment.id}/reports` as const;
    const { status } = await call(`POST ${path}`, { token: await tokenOf(memberId), body: { reason } });
    if (status === 201) this.marks.set(`C#${comment.id} report#${memberId}`, reason);
  }

  private async stand({ author, standing }: Extract<Step, { kind: 'stand' }>) {
    const token = await tokenOf('mod', ['moderator']);
    expectStatus(await call(`PATCH /v1/moderation/users/${this.authorOf(author)}`, { token, body: { standing } }), 200);
    this.standings.set(this.authorOf(author), standing);
  }

  private verdictOn(authorId: string, text: keyof typeof words) {
    return verdicts[this.standings.get(authorId) ?? 'normal'][text];
  }

  private async fetch(): Promise<void> {
    this.records.push(...(await this.readStream()).filter(isMapped));
  }

  /** One invocation. Whatever it could not settle comes again later, because its position is not passed. */
  private async deliver(batch: DynamoDBRecord[], fault: Fault): Promise<boolean> {
    if (batch.length === 0) return true;
    let failures = 0;
    const survived = await underFault(fault, async () => {
      failures = (await settleBatch(batch, momentOf(batch))).batchItemFailures.length;
    });
    return survived && failures === 0;
  }
}

/**
 * A job finds the stream a little late, so that an erasure need not wait until an index has certainly followed. What has none is
 * screened some minutes ago, so that comments are held for longer and shorter.
 */
const momentOf = (batch: readonly DynamoDBRecord[]) => {
  const hasJob = batch.some(({ dynamodb }) => dynamodb?.NewImage?.sk?.S === jobKey('').sk);
  return new Date(Date.now() + (hasJob ? 5_000 : -60_000 * batch.length));
};

function expectStatus({ status, json }: { status: number; json: unknown }, wanted: number): void {
  if (status !== wanted) throw new Error(`answered ${status} instead of ${wanted}: ${JSON.stringify(json)}`);
}

function expectOutcome(outcome: string, wanted: string): void {
  if (outcome !== wanted) throw new Error(`a decision came to ${outcome} instead of ${wanted}`);
}
