import type { Comment } from '#comments/comment.ts';
import { readComments } from '#comments/comment-storage.ts';
import { stepOf, totalReactions } from '#comments/rules/rank.ts';
import type { Verdict } from '#comments/rules/verdict.ts';
import { createdAt } from '#comments/rules/view.ts';
import { screenAll } from '#moderation/screen-all.ts';
import type { Changed, ChangedItems } from './images.ts';
import { type Plan, planSettling } from './plan.ts';
import { type Mark, planMark } from './plan-mark.ts';

/** One item's plan, with the records that it answers. */
export interface Planned {
  plan: Plan;
  sequenceNumbers: string[];
  /** What screening made of it, if this is its screening. */
  outcome?: Verdict['outcome'] | undefined;
  /** When it was posted, in milliseconds since 1970, if it has never been counted. */
  postedAt?: number | undefined;
}

/** Screens what is new and plans the settling of a whole batch; neighbours share their sums. */
export async function planBatch({ comments, reactions, reports }: Omit<ChangedItems, 'jobs'>, now: Date): Promise<Planned[]> {
  const [verdicts, moves] = await Promise.all([
    screenAll(
      comments.map(({ image }) => image),
      now,
    ),
    rankMoves(reactions),
  ]);
  return [
    ...[...comments]
      .sort((a, b) => compare(a.image.articleId, b.image.articleId))
      .map((each) => plannedComment(each, verdicts.get(each.image.order))),
    ...inOrder(reactions).map((each) => planned(each, planMark(each.image, { map: 'reactions', wakes: (id) => moves.has(id) }))),
    ...inOrder(reports).map((each) => planned(each, planMark(each.image, { map: 'reports', wakes: () => true }))),
  ].filter((each) => each !== undefined);
}

const planned = ({ sequenceNumbers }: Changed<unknown>, plan: Plan | undefined): Planned | undefined => plan && { plan, sequenceNumbers };

function plannedComment(changed: Changed<Comment>, verdict: Verdict | undefined): Planned | undefined {
  const { order, counted } = changed.image;
  const found = planned(changed, planSettling(changed.image, verdict));
  return found && { ...found, outcome: verdict?.outcome, postedAt: counted === undefined ? Date.parse(createdAt(order)) : undefined };
}

const inOrder = (marks: readonly Changed<Mark>[]) => [...marks].sort((a, b) => compare(a.image.order, b.image.order));

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** The comments that these reactions move to another step of the ranking, as far as can be told before they are counted. */
async function rankMoves(reactions: readonly Changed<Mark>[]): Promise<Set<string>> {
  const added = new Map<string, number>();
  for (const { image } of reactions) {
    const difference = Number(image.view !== undefined) - Number(image.counted !== undefined);
    added.set(image.order, (added.get(image.order) ?? 0) + difference);
  }
  const comments = await readComments([...added.keys()]);
  const moves = [...comments.values()].filter(({ order, score, reactions: counted }) => {
    const step = Number(score?.split('#')[0] ?? 0);
    return step !== stepOf(totalReactions(counted) + (added.get(order) ?? 0));
  });
  return new Set(moves.map(({ order }) => order));
}
