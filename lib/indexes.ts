import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';

/** A key attribute: all of them are strings. */
export const string = (name: string) => ({ name, type: AttributeType.STRING });

/** What a page prints of a comment, and a list of an article: the less a row holds, the cheaper are page and write. */
const printed = {
  projectionType: ProjectionType.INCLUDE,
  nonKeyAttributes: ['view', 'status', 'revision', 'replyCount', 'shownChildren', 'reactions'],
};

/** Each index by its partition and sort key, and what it carries besides the keys. */
export const indexes = {
  thread: { partitionKey: string('thread'), sortKey: string('order'), ...printed },
  flat: { partitionKey: string('flat'), sortKey: string('order'), ...printed },
  article: { partitionKey: string('article'), sortKey: string('order'), projectionType: ProjectionType.KEYS_ONLY },
  author: {
    partitionKey: string('author'),
    sortKey: string('order'),
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes: ['article'],
  },
  queue: {
    partitionKey: string('queue'),
    sortKey: string('order'),
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes: ['parentId', 'author'],
  },
  rank: { partitionKey: string('rank'), sortKey: string('score'), ...printed },
};

export type IndexName = keyof typeof indexes;
