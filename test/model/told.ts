import assert from 'node:assert/strict';
import type { DynamoDBRecord } from 'aws-lambda';
import type { PublishedEvent } from '../../functions/events/event.ts';
import { eventsOf } from '../../functions/events/events-of.ts';
import { toEventRecord } from '../../local/streams/record.ts';
import { type Expected, recordsOf, type World } from './truth.ts';

const place = { region: 'local', streamArn: 'arn:stream' };

/** What the announcing function tells of a history. */
export class Told {
  private readonly events: PublishedEvent[] = [];

  /** Takes note of the events of a record, delivered twice. */
  take(record: DynamoDBRecord): void {
    const [once, again] = [1, 2].map(() => eventsOf(toEventRecord(record as never, place) as DynamoDBRecord));
    assert.deepEqual(again, once, 'an event is not the same when its record comes again');
    this.events.push(...(once ?? []));
  }

  /** Once nothing is unsettled, every transition was told, once and under an id of its own. */
  isTrueOf(world: World, expected: readonly Expected[]): void {
    const ids = new Set(this.events.map(({ id }) => id));
    assert.equal(ids.size, this.events.length, 'two events have the same id');
    const byComment = Map.groupBy(this.events, (event) => ('commentId' in event ? event.commentId : ''));
    const reports = Map.groupBy(
      world.items.filter(({ sk }) => sk.startsWith('report#')),
      ({ pk }) => pk,
    );
    for (const { id, edits = 0, reacted = 0 } of expected) {
      const events = byComment.get(id) ?? [];
      const times = (type: PublishedEvent['type']) => events.filter((event) => event.type === type).length;
      const { status } = world.comments.find(({ order }) => order === id) ?? {};
      const last = events.findLast((event) => outcomes.has(event.type));
      if (outcomes.has(`comment.${status}`)) assert.equal(last?.type, `comment.${status}`, 'the last outcome was not told');
      assert.deepEqual(
        ['comment.submitted', 'comment.edited', 'comment.deleted', 'comment.reacted', 'comment.reported'].map((type) =>
          times(type as never),
        ),
        [1, edits, Number(status === 'deleted'), reacted, reports.get(`C#${id}`)?.length ?? 0],
        'submitted, edited, deleted, reacted and reported were not told as often as they happened',
      );
    }
    for (const { commentId, before, after, revision } of recordsOf(world.items)) {
      const isTold = byComment.get(commentId)?.some((event) => event.type === `comment.${after}` && event.revision === revision);
      assert.ok(before === after || isTold, 'a decision was not told');
    }
  }
}

const outcomes = new Set(['comment.approved', 'comment.held', 'comment.rejected', 'comment.spam']);
