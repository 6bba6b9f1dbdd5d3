// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of code as they stand in the sources.

/** What is broken, where below `functions/`, and the one place there with what is put into it. */
export type Mutation = readonly [what: string, file: string, from: string, to: string];

/** Each breaks the product in one place, as somebody might who knows no better; the model has to find it. */
export const mutations: readonly Mutation[] = [
  ['sums are added without any condition on the comment', 'settling/plan.ts', '        ...asRead(image),\n        counted: before,', ''],
  [
    'a comment’s version is not compared',
    'settling/plan.ts',
    '...asRead(image),\n        counted',
    'unsettled: image.unsettled,\n        counted',
  ],
  ['what was counted of a comment is not compared', 'settling/plan.ts', '        counted: before,\n', ''],
  [
    'shown children of a hidden comment are not compared',
    'settling/plan.ts',
    "...(after?.status !== 'approved' && { shownChildren: image.shownChildren }),",
    '',
  ],
  [
    'of several records of one item the first is taken',
    'settling/images.ts',
    '{ image, sequenceNumbers: [',
    '{ image: changed.get(id)?.image ?? image, sequenceNumbers: [',
  ],
  [
    'of several records of one item each is planned',
    'settling/images.ts',
    '`${image.pk}\\n${image.sk}`',
    '`${image.pk}\\n${image.sk}\\n${SequenceNumber}`',
  ],
  [
    'a failed group is not reported',
    'settling/settle-batch.ts',
    'failed.push(...group.flatMap(({ sequenceNumbers }) => sequenceNumbers));',
    '',
  ],
  [
    'of a failed group one record is reported',
    'settling/settle-batch.ts',
    'failed.push(...group.flatMap(({ sequenceNumbers }) => sequenceNumbers));',
    'failed.push(...(group[0]?.sequenceNumbers ?? []));',
  ],
  [
    'a group that others are in the way of is taken for settled',
    'settling/commit.ts',
    'if (hindered === tries) throw',
    'if (hindered === tries) return { settled: remaining, superseded, transactions }; if (hindered > tries) throw',
  ],
  [
    'the contribution of a mark is not compared',
    'settling/plan-mark.ts',
    'const expect = { version, unsettled: true, counted: before, view: after };',
    'const expect = { view: after };',
  ],
  [
    'a withdrawn mark is not taken out of the sums',
    'settling/plan-mark.ts',
    '[`${map}.${before}`]: -1',
    '[`${map}.${before}`]: after === undefined ? 0 : -1',
  ],
  ['a counted report wakes nobody', 'settling/plan-batch.ts', 'wakes: () => true', 'wakes: () => false'],
  ['a decision does not move the version', 'moderation/apply-decision.ts', 'version: comment.version + 1,', 'version: comment.version,'],
  [
    'a change by its author does not move the version',
    'comments/change-comment.ts',
    'version: before.version + 1',
    'version: before.version',
  ],
  ['a comment that is woken does not move its version', 'settling/group.ts', 'if (wake) sums.push({ version: 1 });', ''],
  [
    'being settled wins over being woken',
    'settling/group.ts',
    '...shares.map((share) => share.set), wake && { unsettled: true }',
    "...shares.map((share) => share.set), wake && !('unsettled' in (change.set ?? {})) && { unsettled: true }",
  ],
  ['a step of a job has no condition', 'jobs/advance.ts', 'expect: { version: job.version, unsettled: true },', ''],
  ['the id of an event is not the same twice', 'events/events-of.ts', 'hashedUuid(eventID, ', 'hashedUuid(String(performance.now()), '],
  [
    'a decision that changes no status of the item is not told',
    'events/rules/comment-events.ts',
    'const { article,',
    'if (before && after.decided) return [];\n  const { article,',
  ],
  [
    'a day counts a comment twice',
    'comments/rules/contribution.ts',
    '    ...statusDifference(before, after),\n    ...(reported',
    '    ...(after && { [after.status]: 1 }),\n    ...(reported',
  ],
  [
    'a comment that is hidden stays in the rank',
    'settling/plan.ts',
    "score: after?.status === 'approved' ? scoreOf(image.order, image.reactions) : null",
    'score: scoreOf(image.order, image.reactions)',
  ],
  ['a comment loses its shard when it is settled', 'settling/plan.ts', 'shard: image.shard ?? 0,', 'shard: 0,'],
  [
    'a comment that left a queue is still counted in it',
    'settling/plan.ts',
    'if (before?.queue) shares.push',
    'if (before?.queue && after?.queue) shares.push',
  ],
];
