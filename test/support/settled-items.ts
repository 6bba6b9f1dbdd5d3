import { type CommentItem, commentOf } from '#comments/comment.ts';
import { itemOf } from '#comments/comment-storage.ts';
import { type NewComment, newComment } from '#comments/new-comment.ts';
import { scoreOf } from '#comments/rules/rank.ts';
import type { Verdict } from '#comments/rules/verdict.ts';
import { defaultPolicy } from '#moderation/rules/policy.ts';
import { readyPolicy, verdictOf } from '#moderation/rules/screen.ts';
import { buildReaction } from '#reactions/reaction-storage.ts';
import { type Plan, planSettling } from '#settling/plan.ts';
import { type Mark, planMark } from '#settling/plan-mark.ts';
import { commentKey, type Key } from '#table/keys.ts';
import type { Change } from '#table/update.ts';

type Item = Key & Record<string, unknown>;

/**
 * What posting and settling leave in the table, without the table: the builders of both write into memory, so that many
 * thousand settled comments are made in a second, every index row and tally as it would be.
 */
export class SettledItems {
  private readonly items = new Map<string, Item>();
  private readonly verdict: Verdict;

  /** `policyVersion` is in force and approves everything. */
  constructor(policyVersion: number, now: Date) {
    this.verdict = verdictOf([], readyPolicy(defaultPolicy, policyVersion), now);
  }

  /** Posts a comment, or a reply to one that is here, and approves it. */
  post({ parentId, ...posted }: Omit<NewComment, 'parent' | 'open' | 'standing' | 'repeated'> & { parentId: string | undefined }): void {
    const parent = parentId === undefined ? undefined : commentOf(this.commentItem(parentId));
    const item = itemOf(newComment({ ...posted, parent, open: false, standing: 'normal', repeated: undefined }));
    this.change({ key: commentKey(posted.id), set: { ...item } });
    this.settle(posted.id, this.verdict);
  }

  /** Leaves a member's reaction to a comment that is here. */
  react(reacting: Parameters<typeof buildReaction>[0], kind: string): void {
    const reaction = buildReaction(reacting, kind, new Date());
    this.change(reaction);
    const { score } = this.commentItem(reacting.commentId);
    const mark = this.items.get(idOf(reaction.key)) as unknown as Mark;
    const wakes = (id: string) => {
      const { reactions } = this.commentItem(id);
      return scoreOf(id, { ...reactions, [kind]: (reactions?.[kind] ?? 0) + 1 }) !== (score ?? null);
    };
    this.carryOut(planMark(mark, { map: 'reactions', wakes }));
    this.settle(reacting.commentId, undefined);
  }

  /** Everything, ready to be written. */
  all(): Item[] {
    return [...this.items.values()];
  }

  private commentItem(commentId: string): CommentItem {
    const item = this.items.get(idOf(commentKey(commentId)));
    if (item === undefined) throw new Error(`there is no comment ${commentId} here`);
    return item as unknown as CommentItem;
  }

  private settle(commentId: string, verdict: Verdict | undefined): void {
    this.carryOut(planSettling(commentOf(this.commentItem(commentId)), verdict));
  }

  private carryOut(plan: Plan | undefined): void {
    if (plan === undefined || 'remove' in plan.source) return;
    this.change(plan.source);
    for (const { key, add, set, wake } of plan.shares) {
      this.change(wake ? { key, set: { unsettled: true }, add: { ...add, version: 1 } } : { key, add, ...(set && { set }) });
    }
  }

  /** Changes an item as the table would: an `undefined` value removes, and `map.entry` adds within a map. */
  private change({ key, set = {}, add = {} }: Change): void {
    const item: Item = this.items.get(idOf(key)) ?? { ...key };
    for (const [name, value] of Object.entries(set)) {
      if (value === undefined) delete item[name];
      else item[name] = value;
    }
    for (const [path, value] of Object.entries(add)) {
      const [name = '', entry] = path.split('.');
      const map = item[name] as Record<string, unknown>;
      item[name] = entry === undefined ? sum(item[name], value) : { ...map, [entry]: sum(map[entry], value) };
    }
    this.items.set(idOf(key), item);
  }
}

const sum = (before: unknown, value: number) => Number(before ?? 0) + value;

const idOf = ({ pk, sk }: Key) => `${pk}\n${sk}`;
