import fc from 'fast-check';
import type { PostingStanding } from '#members/rules/standing.ts';
import type { Fault } from './adversary.ts';

/** A text by what rules find in it. */
export type Text = 'plain' | 'suspect' | 'banned';

/**
 * What somebody does. Numbers choose among what is there, comments from the last one back, so that any shrunken history still
 * runs. The answer to call number `lost` never comes, and the SDK asks again; 0 loses none.
 */
export type Act = { lost: number } & (
  | { kind: 'post'; article: number; author: number; text: Text }
  | { kind: 'reply'; comment: number; author: number; text: Text }
  | { kind: 'edit'; comment: number; text: Text }
  | { kind: 'delete'; comment: number }
  | { kind: 'appeal'; comment: number }
  | { kind: 'react'; comment: number; member: number; reaction: 'like' | 'love' | undefined }
  | { kind: 'report'; comment: number; member: number; reason: 'spam' | 'abuse' }
  | { kind: 'decide'; comment: number; moderator: number; action: 'approve' | 'reject' | 'spam' | 'feature' | 'unfeature' }
  | { kind: 'stand'; author: number; standing: PostingStanding }
  | { kind: 'erase'; author: number }
  | { kind: 'reject-branch'; comment: number }
  | { kind: 'reject-member'; author: number }
  | { kind: 'recount'; article: number }
);

/** What may happen in the midst of a delivery: somebody does something, or another batch is delivered, from anywhere. */
export type Meanwhile = Act | { kind: 'beside'; records: number[] };

/** One step of a history: somebody does something, or the stream is delivered. */
export type Step =
  | Act
  /** A batch of what the stream has, from anywhere, in any order, be it new or long delivered. */
  | { kind: 'deliver'; records: number[]; fault: Fault<Meanwhile> }
  /** The next records in their order, as the event source mapping brings them. */
  | { kind: 'next'; size: number; fault: Fault<Meanwhile> }
  /** The next records are given up and lie in the failure queue until all else is settled. */
  | { kind: 'lose'; size: number };

/** Old records that come once more in one batch, where the last of each item counts. */
export const lateBatch = 4;

/** A history, and the old records that come once more when all is settled: days later, each number one of them. */
export interface History {
  steps: Step[];
  late: number[];
}

const text = fc.constantFrom<Text>('plain', 'plain', 'suspect', 'banned');
const comment = fc.nat(4);
const who = fc.nat(2);
const reader = fc.nat(5);
const record = fc.nat(100);
const lost = fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }) });
const at = fc.integer({ min: 1, max: 7 });

const acts = (weights: Partial<Record<Act['kind'], number>>): fc.Arbitrary<Act> => {
  const kinds = {
    post: { article: fc.nat(1), author: who, text },
    reply: { comment, author: who, text },
    edit: { comment, text },
    delete: { comment },
    appeal: { comment },
    react: { comment, member: reader, reaction: fc.constantFrom('like', 'like', 'love', undefined) },
    report: { comment, member: reader, reason: fc.constantFrom('spam', 'abuse') },
    decide: {
      comment,
      moderator: fc.nat(1),
      action: fc.constantFrom('approve', 'approve', 'reject', 'reject', 'spam', 'feature', 'unfeature'),
    },
    stand: { author: who, standing: fc.constantFrom('trusted', 'normal', 'held', 'muted') },
    erase: { author: who },
    'reject-branch': { comment },
    'reject-member': { author: who },
    recount: { article: fc.nat(1) },
  };
  const each = Object.entries(weights).map(([kind, weight]) => {
    const fields: Record<string, fc.Arbitrary<unknown>> = { kind: fc.constant(kind), ...kinds[kind as Act['kind']], lost };
    return { weight, arbitrary: fc.record(fields) };
  });
  return fc.oneof(...each) as fc.Arbitrary<unknown> as fc.Arbitrary<Act>;
};

/** What a history is about: of few things that meet often, more comes than of everything a little. */
const themes: { weight: number; acts: Partial<Record<Act['kind'], number>> }[] = [
  // What is shown below what is hidden.
  { weight: 4, acts: { post: 2, reply: 8, edit: 2, delete: 2, decide: 8 } },
  // The same of two or three that change again and again, so that old images look like new ones.
  { weight: 2, acts: { post: 1, reply: 2, decide: 12 } },
  // What readers make of it, and what moderators answer.
  { weight: 3, acts: { post: 1, reply: 1, edit: 1, react: 8, report: 5, decide: 3 } },
  { weight: 3, acts: { post: 3, reply: 7, edit: 4, delete: 2, appeal: 3, react: 5, report: 4, decide: 9, stand: 1, recount: 1 } },
  // Long work takes many calls.
  { weight: 1, acts: { post: 3, reply: 6, edit: 2, decide: 4, react: 3, report: 2, erase: 1, 'reject-branch': 2, 'reject-member': 2 } },
];

const records = fc.array(record, { minLength: 1, maxLength: 6 });
const beside = fc.record({ kind: fc.constant('beside' as const), records });

const fault = (act: fc.Arbitrary<Act>): fc.Arbitrary<Fault<Meanwhile>> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant<Fault<Meanwhile>>({ kind: 'none' }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('crash-before' as const, 'crash-after' as const), at }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constantFrom('conflict' as const, 'throttle' as const), at, times: fc.constantFrom(1, 2, 6) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('lost' as const), at, times: fc.constantFrom(1, 1, 3) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('meanwhile' as const),
        at,
        step: fc.oneof({ weight: 2, arbitrary: act }, { weight: 1, arbitrary: beside }),
      }),
    },
  );

const stepsOf = (weights: Partial<Record<Act['kind'], number>>): fc.Arbitrary<Step[]> => {
  const act = acts(weights);
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 12, arbitrary: act },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('deliver'), records, fault: fault(act) }),
    },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('next'), size: fc.integer({ min: 1, max: 8 }), fault: fault(act) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose'), size: fc.integer({ min: 1, max: 4 }) }) },
  );
  return fc.array(step, { minLength: 4, maxLength: 24, size: 'max' });
};

/** Short and dense: few comments, deep below each other, and much that happens to each. */
export const history: fc.Arbitrary<History> = fc.record({
  steps: fc.oneof(...themes.map(({ weight, acts }) => ({ weight, arbitrary: stepsOf(acts) }))),
  late: fc.array(record, { minLength: 1, maxLength: 24, size: 'max' }),
});

const next = (size: number): Step => ({ kind: 'next', size, fault: { kind: 'none' } });
const deliver = (...records: number[]): Step => ({ kind: 'deliver', records, fault: { kind: 'none' } });
const post = (text: Text): Step => ({ kind: 'post', article: 0, author: 0, text, lost: 0 });
const decide = (action: 'approve' | 'reject' | 'feature', comment: number): Step => ({
  kind: 'decide',
  comment,
  moderator: 0,
  action,
  lost: 0,
});
const edit: Step = { kind: 'edit', comment: 0, text: 'suspect', lost: 0 };
const report: Step = { kind: 'report', comment: 0, member: 0, reason: 'spam', lost: 0 };

/** Histories that chance seldom finds, played before those that it does; each of their records comes again by itself. */
export const seldomFound: History[] = [
  // Held, decided on, held again for longer, decided on again; the second decision is counted in the place of the first.
  [
    ...[post('suspect'), next(1), decide('approve', 0), next(1), edit],
    ...[post('suspect'), post('suspect'), next(3), decide('reject', 2), next(1)],
  ],
  // Decided on and held again by an edit before the first decision was counted: only the time moves.
  [post('suspect'), next(1), decide('approve', 0), edit, next(2)],
  // Reported, and the report answered: it still is a comment that was reported.
  [post('plain'), next(1), report, next(1), next(1), decide('approve', 0), next(1)],
  // Featured, which it counts the same for, and reported; between the report's being counted and the comment's, what featured it comes again.
  [...[post('plain'), next(1), decide('feature', 0), next(1), report, next(1)], ...[deliver(1), next(1)]],
  // A reaction and a later edit in one group that others are in the way of until it is given up: both come again, and not the edit alone.
  [
    ...[post('plain'), next(1), { kind: 'react', comment: 0, member: 0, reaction: 'like', lost: 0 } as const, edit],
    { kind: 'next', size: 2, fault: { kind: 'conflict', at: 1, times: 6 } } as const,
    next(2),
  ],
  // Hidden over a reply that goes, comes and goes: the image of the moment when it was back looks like the last one but for what is shown below.
  [
    ...[
      post('plain'),
      next(1),
      { kind: 'reply', comment: 0, author: 0, text: 'plain', lost: 0 } as const,
      next(2),
      decide('reject', 1),
      next(4),
    ],
    ...(['reject', 'approve', 'reject'] as const).flatMap((action) => [decide(action, 0), next(1), next(4)]),
  ],
].map((steps) => ({ steps, late: Array.from({ length: 20 * lateBatch }, (_, n) => Math.floor(n / lateBatch)) }));

/** A history as lines to read. */
export const describe = ({ steps, late }: History): string =>
  [...steps.map((step, n) => `${String(n + 1).padStart(3)}  ${describeStep(step)}`), `late again: records ${late.join(' ')}`].join('\n');

function describeStep(step: Step): string {
  if (step.kind === 'deliver') return `deliver records ${step.records.join(' ')}${describeFault(step.fault)}`;
  if (step.kind === 'next') return `deliver the next ${step.size}${describeFault(step.fault)}`;
  if (step.kind === 'lose') return `give up the next ${step.size}`;
  const { kind, lost, ...rest } = step;
  const details = Object.entries(rest).map(([name, value]) => `${name} ${value ?? 'none'}`);
  return `${[kind, ...details].join(', ')}${lost > 0 ? `; the answer to call ${lost} is lost` : ''}`;
}

function describeFault(fault: Fault<Meanwhile>): string {
  if (fault.kind === 'none') return '';
  if (fault.kind === 'meanwhile') {
    const { step } = fault;
    return `; before call ${fault.at}: ${step.kind === 'beside' ? `deliver records ${step.records.join(' ')}` : describeStep(step)}`;
  }
  return `; ${fault.kind} at call ${fault.at}${'times' in fault ? ` × ${fault.times}` : ''}`;
}
