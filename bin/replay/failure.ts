import * as z from 'zod';

/** The parts that matter here of what Lambda sends to a failure destination; see `local/streams/failure-message.ts`. */
const invocationRecord = z.object({
  requestContext: z.object({ functionArn: z.string(), condition: z.string() }),
  timestamp: z.iso.datetime(),
  DDBStreamBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: z.string().regex(/^\d+$/),
    endSequenceNumber: z.string().regex(/^\d+$/),
    batchSize: z.int().positive(),
    streamArn: z.string().regex(/:table\/[^/]+\/stream\//),
  }),
});

/** A message of the failure queue: a function that gave up, and where in the stream the records are. */
export interface Failure {
  /** Without the version or alias that Lambda may add. */
  readonly functionArn: string;
  readonly functionName: string;
  readonly at: Date;
  readonly streamArn: string;
  readonly tableName: string;
  readonly shardId: string;
  /** The sequence numbers of the first and last record; there may be others between them that were processed. */
  readonly from: string;
  readonly to: string;
  /** How many records were given up, about: Lambda may put several batches into one message. */
  readonly size: number;
}

/** Reads a message; `undefined` for one that is none of Lambda's about a DynamoDB stream. */
export function failureOf(body: string): Failure | undefined {
  const { data } = invocationRecord.safeParse(parse(body));
  if (data === undefined) return undefined;
  const { requestContext, timestamp, DDBStreamBatchInfo: batch } = data;
  const functionArn = requestContext.functionArn.split(':').slice(0, 7).join(':');
  return {
    functionArn,
    functionName: functionArn.split(':')[6] ?? functionArn,
    at: new Date(timestamp),
    streamArn: batch.streamArn,
    tableName: /:table\/([^/]+)\//.exec(batch.streamArn)?.[1] ?? '',
    shardId: batch.shardId,
    from: batch.startSequenceNumber,
    to: batch.endSequenceNumber,
    size: batch.batchSize,
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
