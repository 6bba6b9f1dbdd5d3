import type { DynamoDBRecord } from 'aws-lambda';
import { type Comment, type CommentItem, commentOf } from '#comments/comment.ts';
import type { JobItem } from '#jobs/job.ts';
import { fromImage } from '#table/attributes.ts';
import { commentKey, jobKey, type Key, reactionKey, reportKey } from '#table/keys.ts';
import type { Mark } from './plan-mark.ts';

/** A changed item in its last image, and the stream records that told of it. */
export interface Changed<T> {
  image: T;
  sequenceNumbers: string[];
}

/** What a batch tells of, by what settling does with it. */
export interface ChangedItems {
  comments: Changed<Comment>[];
  reactions: Changed<Mark>[];
  reports: Changed<Mark>[];
  jobs: Changed<JobItem>[];
}

/**
 * The items that a batch tells of, each in its last image: several records of one item collapse, because only what it is
 * now has to be counted. Records of other items are passed over.
 */
export function changedItems(records: readonly DynamoDBRecord[]): ChangedItems {
  const changed = new Map<string, Changed<Key>>();
  for (const { dynamodb } of records) {
    const { NewImage, SequenceNumber } = dynamodb ?? {};
    if (NewImage === undefined || SequenceNumber === undefined) continue;
    const image = fromImage<Key>(NewImage);
    const id = `${image.pk}\n${image.sk}`;
    changed.set(id, { image, sequenceNumbers: [...(changed.get(id)?.sequenceNumbers ?? []), SequenceNumber] });
  }
  const all = [...changed.values()];
  const marks = (prefix: string) => all.filter(({ image }) => image.sk.startsWith(prefix)) as Changed<Mark>[];
  const isJob = ({ image }: Changed<Key>) => image.sk === jobKey('').sk;
  return {
    comments: all
      .filter(({ image }) => image.sk === commentKey('').sk)
      .map(({ image, sequenceNumbers }) => ({ image: commentOf(image as CommentItem), sequenceNumbers })),
    reactions: marks(reactionKey('', '').sk),
    reports: marks(reportKey('', '').sk),
    jobs: all.filter(isJob) as Changed<JobItem>[],
  };
}
