import type { Comment } from '#comments/comment.ts';
import { readComments } from '#comments/comment-storage.ts';
import { totalReactions } from '#comments/rules/rank.ts';
import type { Verdict } from '#comments/rules/verdict.ts';
import { createdAt } from '#comments/rules/view.ts';
import { screenAll } from '#moderation/screen-all.ts';
import type { Changed, ChangedItems } from './images.ts';
import { type Plan, planSettling } from './plan.ts';
import { type Mark, planMark } from './plan-mark.ts';
import { rankMoves } from './rank-moves.ts';

/** One item's plan, with the records that it answers. */
export interface Planned {
  plan: Plan;
  sequenceNumbers: string[];
  /** The comment that this is, where its place in the ranking follows from reactions that may have moved on since its image. */
  ranked?: string | undefined;
  /** What screening made of it, if this is its screening. */
  outcome?: Verdict['outcome'] | undefined;
  /** When it was posted, in milliseconds since 1970, if it has never been counted. */
  postedAt?: number | undefined;
}

/** Screens what is new and plans the settling of a whole batch; neighbours share their sums. */
export async function planBatch({ comments, reactions, reports }: Omit<ChangedItems, 'jobs'>, now: Date): Promise<Planned[]> {
  const [verdicts, moves, isAnswered] = await Promise.all([
    screenAll(
      comments.map(({ image }) => image),
      now,
    ),
    rankMoves(reactions),
    answeredAmong(reports),
  ]);
  return [
    ...[...comments]
      .sort((a, b) => compare(a.image.articleId, b.image.articleId))
      .map((each) => plannedComment(each, verdicts.get(each.image.order))),
    ...inOrder(reactions).map((each) => planned(each, planMark(each.image, { map: 'reactions', wakes: (id) => moves.has(id) }))),
    ...inOrder(reports).map((each) => planned(each, planMark(each.image, { map: 'reports', wakes: () => true, isAnswered }))),
  ].filter((each) => each !== undefined);
}

/** Tells which reports that an erasure takes back were answered: what a moderator has seen of the others is still to be told from what not. */
async function answeredAmong(reports: readonly Changed<Mark>[]): Promise<(image: Mark) => boolean> {
  const withdrawn = reports.filter(({ image }) => image.view === undefined && image.counted !== undefined);
  const comments = await readComments([...new Set(withdrawn.map(({ image }) => image.order))], { consistent: true });
  return ({ order, revision }) => {
    const judged = comments.get(order)?.judged;
    return judged !== undefined && revision !== undefined && judged.revision > revision;
  };
}

const planned = ({ sequenceNumbers }: Changed<unknown>, plan: Plan | undefined): Planned | undefined => plan && { plan, sequenceNumbers };

function plannedComment(changed: Changed<Comment>, verdict: Verdict | undefined): Planned | undefined {
  const { order, counted, score, reactions } = changed.image;
  const found = planned(changed, planSettling(changed.image, verdict));
  return (
    found && {
      ...found,
      ranked: score !== undefined || totalReactions(reactions) > 0 ? order : undefined,
      outcome: verdict?.outcome,
      postedAt: counted === undefined ? Date.parse(createdAt(order)) : undefined,
    }
  );
}

const inOrder = (marks: readonly Changed<Mark>[]) => [...marks].sort((a, b) => compare(a.image.order, b.image.order));

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
