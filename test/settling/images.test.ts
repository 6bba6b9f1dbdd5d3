import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { changedItems } from '#settling/images.ts';
import { commentKey, reactionKey, reportKey } from '#table/keys.ts';
import { commentWith } from './comments.ts';

const comment = commentWith();

function recordOf(sequenceNumber: string, fields: object): DynamoDBRecord {
  return { dynamodb: { SequenceNumber: sequenceNumber, NewImage: marshall(fields, { removeUndefinedValues: true }) as never } };
}

function imageRecord(sequenceNumber: string, version: number): DynamoDBRecord {
  const { articleId: article, authorId: author, ...rest } = comment;
  return recordOf(sequenceNumber, { ...commentKey(comment.order), ...rest, article, author, version });
}

describe('reading a batch of the stream', () => {
  it('gives each comment once, in its last image, with all its sequence numbers', () => {
    const { comments: changed } = changedItems([imageRecord('1', 1), imageRecord('2', 2), imageRecord('3', 3)]);
    expect(changed).toHaveLength(1);
    expect(changed[0]).toMatchObject({ image: { ...comment, version: 3 }, sequenceNumbers: ['1', '2', '3'] });
  });

  it('tells apart comments, reactions and reports of the same partition', () => {
    const mark = { order: comment.order, view: 'like', version: 1, unsettled: true };
    const reaction = recordOf('2', { ...reactionKey(comment.order, 'ben'), ...mark });
    const report = recordOf('3', { ...reportKey(comment.order, 'ben'), ...mark, view: 'spam' });
    const changed = changedItems([imageRecord('1', 1), reaction, report]);
    expect(changed.comments.map(({ sequenceNumbers }) => sequenceNumbers)).toEqual([['1']]);
    expect(changed.reactions).toMatchObject([{ image: { view: 'like' }, sequenceNumbers: ['2'] }]);
    expect(changed.reports).toMatchObject([{ image: { view: 'spam' }, sequenceNumbers: ['3'] }]);
  });

  it('passes over items that settling does not know, and over deletions', () => {
    const records = [recordOf('1', { pk: 'A#a1', sk: 'tally', approved: 1 }), { dynamodb: { SequenceNumber: '2' } }, {}];
    expect(changedItems(records)).toEqual({ comments: [], reactions: [], reports: [], jobs: [] });
  });
});
