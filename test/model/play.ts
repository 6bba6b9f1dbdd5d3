import assert from 'node:assert/strict';
import type { DynamoDBRecord } from 'aws-lambda';
import { recount } from '#articles/recount.ts';
import { type Comment, type CommentItem, commentOf } from '#comments/comment.ts';
import type { PostingStanding } from '#members/rules/standing.ts';
import { isJudgement, type TakenDecision } from '#moderation/rules/decision.ts';
import { settleBatch } from '#settling/settle-batch.ts';
import { fromImage } from '#table/attributes.ts';
import { commentKey, jobKey } from '#table/keys.ts';
import { call, type TestRequest } from '../support/call.ts';
import { prose } from '../support/prose.ts';
import { isMapped } from '../support/settling.ts';
import { tokenOf } from '../support/tokens.ts';
import { type Fault, underFault } from './adversary.ts';
import type { Ground } from './ground.ts';
import { type Act, type History, lateBatch, type Meanwhile, type Step, type Text } from './history.ts';
import { Told } from './told.ts';
import { type Expected, everythingIsTrue, type Ordered, tallyIsSumOfCounted } from './truth.ts';

/** What comes of a text by its author's standing. */
const verdicts = {
  normal: { plain: 'approved', suspect: 'held', banned: 'rejected' },
  trusted: { plain: 'approved', suspect: 'approved', banned: 'rejected' },
  held: { plain: 'held', suspect: 'held', banned: 'rejected' },
  muted: { plain: 'muted', suspect: 'muted', banned: 'muted' },
} as const;
const words = { plain: 'a fair point', suspect: 'this is fishy', banned: 'this is foul' } as const;

/** What is said for time number `n`; every third is as long as those are that the table keeps deflated. */
const bodyOf = (text: Text, n: number) => `${words[text]}, said for time number ${n}${n % 3 === 0 ? `, and ${prose}` : ''}`;
const decided = { approve: 'approved', reject: 'rejected', spam: 'spam', feature: undefined, unfeature: undefined } as const;

type ActOf<K extends Act['kind']> = Extract<Act, { kind: K }>;

/** Plays a history and throws where an invariant does not hold. */
export async function playHistory(ground: Ground, { steps, late }: History): Promise<void> {
  try {
    const play = new Play(ground, await ground.begin());
    for (const step of steps) await play.take(step);
    await play.finish();
    await play.replay(late);
  } catch (error) {
    ground.spoil();
    throw error;
  }
}

/** Plays against the real endpoints and the real settling, and keeps a plain model of what must come out. */
class Play {
  private readonly expected: Expected[] = [];
  /** What members did to comments, by key, as what it counts as. */
  private readonly marks = new Map<string, string>();
  /** Ids of members who erased their data. Whoever comes back does so under another id, so that it is plain what must go. */
  private readonly erased = new Set<string>();
  private readonly standings = new Map<string, PostingStanding>();
  /** Decisions that were applied, by comment and in their order, as what they led to. */
  private readonly decisions = new Map<string, string[]>();
  /** Comments that a moderator decided on while they were held. */
  private readonly waited = new Set<string>();
  private readonly jobs: Ordered[] = [];
  private readonly told = new Told();
  private readonly records: DynamoDBRecord[] = [];
  /** Records before this position have been delivered in their order, or were given up. */
  private position = 0;
  private readonly givenUp: DynamoDBRecord[][] = [];
  private texts = 0;
  private readonly tokens = new Map<string, Promise<string>>();
  private readonly ground: Ground;
  private readonly name: string;

  constructor(ground: Ground, name: string) {
    this.ground = ground;
    this.name = name;
  }

  async take(step: Step): Promise<void> {
    await this.read();
    if (step.kind === 'lose') {
      this.givenUp.push(this.records.slice(this.position, this.position + step.size));
      this.position = Math.min(this.records.length, this.position + step.size);
    } else if (step.kind === 'next') {
      await this.deliverNext(step.size, step.fault);
    } else if (step.kind === 'deliver') {
      await this.deliver(this.chosen(step.records), step.fault);
    } else {
      await this.act(step);
    }
  }

  /** Brings what is left, in order and without faults, then what was given up, until settling has nothing more to say. */
  async finish(): Promise<void> {
    for (;;) {
      await this.read();
      if (this.position < this.records.length) await this.deliverNext(20);
      else if (this.givenUp.length > 0) await this.deliver(this.givenUp.pop() ?? []);
      else break;
    }
    const { expected, marks, erased, decisions, waited, jobs } = this;
    const world = this.ground.world();
    everythingIsTrue(world, { expected, marks, erased, decisions, waited, jobs });
    this.told.isTrueOf(world, expected);
  }

  /** Days later, some of it comes once more; nothing may change. */
  async replay(late: readonly number[]): Promise<void> {
    const settled = this.ground.world().items;
    for (let n = 0; n < late.length; n += lateBatch) await this.deliver(this.chosen(late.slice(n, n + lateBatch)));
    assert.deepEqual(this.ground.world().items, settled, 'what was settled moved once more');
  }

  private chosen(choices: readonly number[]): DynamoDBRecord[] {
    return choices.flatMap((choice) => this.records[choice % Math.max(1, this.records.length)] ?? []);
  }

  /** Reads what has happened; gives what is mapped to settling. */
  private async read(): Promise<DynamoDBRecord[]> {
    const records = await this.ground.read();
    for (const record of records) {
      this.told.take(record);
      this.noteOrdered(record);
    }
    const mapped = records.filter(isMapped);
    this.records.push(...mapped);
    return mapped;
  }

  /** As the event source mapping does: what follows the first record that failed comes again. */
  private async deliverNext(size: number, fault: Fault<Meanwhile> = { kind: 'none' }): Promise<void> {
    const batch = this.records.slice(this.position, this.position + size);
    const failed = await this.deliver(batch, fault);
    const first = batch.findIndex(({ dynamodb }) => failed?.has(dynamodb?.SequenceNumber ?? ''));
    if (failed === undefined) return;
    if (fault.kind === 'none') assert.equal(failed.size, 0, 'settling failed without a fault');
    this.position += failed.size === 0 ? batch.length : Math.max(0, first);
  }

  /** One invocation. Tells which records must come again; nothing when it was not survived. */
  private async deliver(batch: DynamoDBRecord[], fault: Fault<Meanwhile> = { kind: 'none' }): Promise<Set<string> | undefined> {
    if (batch.length === 0) return new Set();
    let failed: Set<string> | undefined;
    const settle = async () => {
      try {
        failed = new Set((await settleBatch(batch, momentOf(batch))).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      } catch (error) {
        // A batch that fails whole comes again whole.
        if (fault.kind === 'none' || fault.kind === 'meanwhile') throw error;
      }
    };
    const meanwhile = async () => {
      await this.read();
      if (fault.kind !== 'meanwhile') return;
      if (fault.step.kind === 'beside') await this.deliver(this.chosen(fault.step.records));
      else await this.act(fault.step);
    };
    const survived = await underFault(fault, settle, meanwhile);
    await this.read();
    tallyIsSumOfCounted(this.ground.world());
    return survived ? failed : undefined;
  }

  private async act(act: Act): Promise<void> {
    if (act.kind === 'post') return this.post(this.ground.articles[act.article] ?? '', undefined, act);
    if (act.kind === 'stand') return this.stand(act);
    if (act.kind === 'erase') return this.erase(act);
    if (act.kind === 'reject-member') return this.rejectMember(act);
    if (act.kind === 'recount') return this.recount(act);
    const comment = this.expected.at(-1 - (act.comment % Math.max(1, this.expected.length)));
    if (comment === undefined) return;
    if (act.kind === 'reply') return this.post(comment.articleId, comment.id, act);
    if (act.kind === 'decide') return this.decide(comment, act);
    if (act.kind === 'react') return this.react(comment, act);
    if (act.kind === 'report') return this.report(comment, act);
    if (act.kind === 'reject-branch') return this.rejectBranch(comment, act);
    if (this.erased.has(comment.authorId)) return;
    if (act.kind === 'appeal') return this.appeal(comment, act);
    if (act.kind === 'edit') return this.edit(comment, act);
    return this.delete(comment, act);
  }

  private async post(articleId: string, parentId: string | undefined, act: ActOf<'post' | 'reply'>) {
    const authorId = this.authorOf(act.author);
    const body = bodyOf(act.text, this.texts++);
    const answer = await this.ask(act, `POST /v1/articles/${articleId}/comments`, authorId, {
      body: { body, ...(parentId && { parentId }) },
    });
    // A parent that is hidden takes no replies: then there is no comment, and nothing to count.
    if (parentId !== undefined && [404, 409].includes(answer.status)) return;
    expectStatus(answer, 201);
    this.expected.push({ id: answer.json.id, articleId, parentId, status: this.verdictOn(authorId, act.text), authorId });
  }

  private async decide(comment: Expected, act: ActOf<'decide'>) {
    const stored = this.stored(comment);
    const moderator = `${this.name}-mod-${act.moderator}`;
    const decisions = [{ articleId: comment.articleId, commentId: comment.id, action: act.action }];
    const answer = await this.ask(act, 'POST /v1/moderation/decisions', moderator, { body: { decisions } }, 'moderator');
    expectStatus(answer, 200);
    // What its author deleted stays deleted, and an edit that nobody has seen yet is not approved unseen.
    const { outcome, status } = answer.json.results[0];
    const judges = isJudgement(act.action);
    // An appeal is for another moderator than the one who took the comment down.
    if (judges && comment.appeal === 'open') assert.equal(outcome, comment.judgedBy === moderator ? 'conflict' : 'applied');
    if (outcome === 'applied') this.noteDecision(comment, { status, by: moderator, judges, wasHeld: stored.status === 'held' });
    if (outcome !== 'conflict' && !this.erased.has(comment.authorId)) comment.status = decided[act.action] ?? comment.status;
  }

  private noteDecision(comment: Expected, decision: { status: string; by: string; judges: boolean; wasHeld: boolean }) {
    this.touch(comment);
    this.decisions.set(comment.id, [...(this.decisions.get(comment.id) ?? []), decision.status]);
    if (!decision.judges) return;
    if (decision.wasHeld) this.waited.add(comment.id);
    if (this.erased.has(comment.authorId)) return;
    comment.judgedBy = decision.by;
    if (comment.appeal === 'open') comment.appeal = 'answered';
  }

  private async appeal(comment: Expected, act: ActOf<'appeal'>) {
    const isFirst = comment.appeal === undefined && ['rejected', 'spam'].includes(this.stored(comment).status);
    const path = `POST /v1/articles/${comment.articleId}/comments/${comment.id}/appeal` as const;
    expectStatus(await this.ask(act, path, comment.authorId, { body: { note: 'I meant it well.' } }), isFirst ? 201 : 409);
    if (isFirst) comment.appeal = 'open';
  }

  private async edit(comment: Expected, act: ActOf<'edit'>) {
    const { status, revision } = this.stored(comment);
    const answer = await this.ask(act, `PATCH /v1/articles/${comment.articleId}/comments/${comment.id}`, comment.authorId, {
      body: { body: bodyOf(act.text, this.texts++) },
      headers: { 'if-match': `"${revision}"` },
    });
    if (['rejected', 'spam', 'deleted'].includes(status)) return expectStatus(answer, 409);
    expectStatus(answer, 200);
    this.touch(comment);
    const verdict = this.verdictOn(comment.authorId, act.text);
    // What waits goes on waiting, unless it is a trusted member's.
    const waits = status === 'held' && verdict === 'approved' && this.standings.get(comment.authorId) !== 'trusted';
    comment.status = waits ? 'held' : verdict;
    comment.judgedBy = undefined;
    comment.edits = (comment.edits ?? 0) + 1;
  }

  private async delete(comment: Expected, act: ActOf<'delete'>) {
    const path = `DELETE /v1/articles/${comment.articleId}/comments/${comment.id}` as const;
    expectStatus(await this.ask(act, path, comment.authorId), 204);
    Object.assign(comment, { status: 'deleted', appeal: undefined });
  }

  private async erase(act: ActOf<'erase'>) {
    const authorId = this.authorOf(act.author);
    expectStatus(await this.ask(act, 'DELETE /v1/me', authorId), 202);
    this.erased.add(authorId);
    for (const comment of this.expected)
      if (comment.authorId === authorId) Object.assign(comment, { status: 'deleted', appeal: undefined });
  }

  private async react(comment: Expected, act: ActOf<'react'>) {
    const memberId = `${this.name}-reader-${act.member}`;
    const path = `/v1/articles/${comment.articleId}/comments/${comment.id}/reaction` as const;
    const key = `C#${comment.id} reaction#${memberId}`;
    if (act.reaction === undefined) {
      expectStatus(await this.ask(act, `DELETE ${path}`, memberId), 204);
      if (this.marks.delete(key)) comment.reacted = (comment.reacted ?? 0) + 1;
      return;
    }
    // What is hidden takes no reactions.
    const { status } = await this.ask(act, `PUT ${path}`, memberId, { body: { kind: act.reaction } });
    if (status !== 200 || this.marks.get(key) === act.reaction) return;
    this.marks.set(key, act.reaction);
    comment.reacted = (comment.reacted ?? 0) + 1;
  }

  private async report(comment: Expected, act: ActOf<'report'>) {
    const memberId = `${this.name}-reader-${act.member}`;
    const path = `POST /v1/articles/${comment.articleId}/comments/${comment.id}/reports` as const;
    const key = `C#${comment.id} report#${memberId}`;
    const { status } = await this.ask(act, path, memberId, { body: { reason: act.reason } });
    if (status === 201 || (status === 200 && !this.marks.has(key))) this.marks.set(key, act.reason);
  }

  private async stand(act: ActOf<'stand'>) {
    const path = `PATCH /v1/moderation/users/${this.authorOf(act.author)}` as const;
    expectStatus(await this.ask(act, path, `${this.name}-mod-0`, { body: { standing: act.standing } }, 'moderator'), 200);
    this.standings.set(this.authorOf(act.author), act.standing);
  }

  private async rejectBranch(comment: Expected, act: ActOf<'reject-branch'>) {
    const branch = new Set([comment.id]);
    for (const { id, parentId } of this.expected) if (parentId !== undefined && branch.has(parentId)) branch.add(id);
    await this.order(act, { kind: 'reject-branch', articleId: comment.articleId, commentId: comment.id }, branch);
  }

  private async rejectMember(act: ActOf<'reject-member'>) {
    const memberId = this.authorOf(act.author);
    const theirs = this.expected.filter(({ authorId }) => authorId === memberId).map(({ id }) => id);
    await this.order(act, { kind: 'reject-member', memberId, days: 1 }, new Set(theirs));
  }

  /** Orders long work, under a name of its own: what it decides is read off the stream. */
  private async order(act: Act, body: object, due: Set<string>) {
    const actor = `${this.name}-job-${this.jobs.length}`;
    const answer = await this.ask(act, 'POST /v1/moderation/jobs', actor, { body }, 'moderator');
    expectStatus(answer, 202);
    this.jobs.push({ id: answer.json.id, actor, due, changed: 0 });
  }

  /** Takes note of what long work has decided. */
  private noteOrdered({ dynamodb = {} }: DynamoDBRecord): void {
    if (dynamodb.NewImage?.decisions === undefined || dynamodb.NewImage.sk?.S !== commentKey('').sk) return;
    const [before, after] = [readComment(dynamodb.OldImage), readComment(dynamodb.NewImage)];
    for (const decision of after?.decisions ?? []) {
      const job = this.jobs.find(({ actor }) => actor === decision.actor.id);
      const comment = this.expected.find(({ id }) => id === after?.order);
      if (job === undefined || comment === undefined || before?.decisions?.some(isSame(decision))) continue;
      job.changed += 1;
      this.noteDecision(comment, { status: decision.after, by: job.actor, judges: true, wasHeld: before?.status === 'held' });
      if (!this.erased.has(comment.authorId)) comment.status = 'rejected';
    }
  }

  /** Long work need not have come to what somebody changed in the meantime. */
  private touch({ id }: Expected): void {
    for (const { due } of this.jobs) due.delete(id);
  }

  /** At any moment, in the middle of everything, a recount finds nothing to mend; and it wakes what was never settled. */
  private async recount({ article, lost }: ActOf<'recount'>) {
    await underFault({ kind: 'lost', at: lost, times: 1 }, async () => {
      const { drift } = await recount(this.ground.articles[article] ?? '', new Date(Date.now() + 120_000));
      assert.equal(drift, 0, 'a recount found a drift');
    });
  }

  /** Asks as a member or a moderator. */
  private async ask({ lost }: Act, request: `${string} /${string}`, who: string, options: TestRequest = {}, role?: 'moderator') {
    const token = await this.tokenOf(who, role);
    let answer: Awaited<ReturnType<typeof call>> | undefined;
    await underFault({ kind: 'lost', at: lost, times: 1 }, async () => {
      answer = await call(request, { ...options, token });
    });
    assert.ok(answer);
    return answer;
  }

  private tokenOf(who: string, role: 'moderator' | undefined): Promise<string> {
    const key = `${who} ${role}`;
    const token = this.tokens.get(key) ?? tokenOf(who, role === undefined ? [] : [role]);
    this.tokens.set(key, token);
    return token;
  }

  /** A comment as the last write left it. */
  private stored({ id }: Expected): Comment {
    const item = this.ground.item<CommentItem>(commentKey(id));
    assert.ok(item, 'a comment that was posted is not stored');
    return commentOf(item);
  }

  /** One of three authors, in their latest life. */
  private authorOf(choice: number): string {
    for (let life = 1; ; life += 1) {
      const id = `${this.name}-author-${choice}-life-${life}.`;
      if (!this.erased.has(id)) return id;
    }
  }

  private verdictOn(authorId: string, text: Text) {
    return verdicts[this.standings.get(authorId) ?? 'normal'][text];
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

const readComment = (image: object | undefined) => (image === undefined ? undefined : commentOf(fromImage<CommentItem>(image)));
const isSame =
  ({ id }: TakenDecision) =>
  (other: TakenDecision) =>
    other.id === id;

function expectStatus({ status, json }: { status: number; json: unknown }, wanted: number): void {
  assert.equal(status, wanted, `answered ${status} instead of ${wanted}: ${JSON.stringify(json)}`);
}
