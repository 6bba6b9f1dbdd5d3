/** A change as Lambda hands it to a function ("Using AWS Lambda with Amazon DynamoDB": example event). */
export interface EventRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly eventVersion: string;
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: {
    /** Seconds since the epoch. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Attributes;
    readonly NewImage?: Attributes;
    readonly OldImage?: Attributes;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
  readonly userIdentity?: { readonly type: string; readonly principalId: string };
  readonly eventSourceARN: string;
}

/** Attribute values in DynamoDB's JSON, binary ones in base64. */
export type Attributes = Readonly<Record<string, unknown>>;

/** A change as the stream has it ("Record", DynamoDB Streams API Reference), in DynamoDB's JSON. */
export interface StreamRecord {
  readonly eventID?: string;
  readonly eventName?: string;
  readonly eventVersion?: string;
  readonly dynamodb?: {
    /** Seconds since the epoch, with or without a fraction. */
    readonly ApproximateCreationDateTime?: number;
    readonly Keys?: Attributes;
    readonly NewImage?: Attributes;
    readonly OldImage?: Attributes;
    readonly SequenceNumber?: string;
    readonly SizeBytes?: number;
    readonly StreamViewType?: string;
  };
  readonly userIdentity?: { readonly Type?: string; readonly PrincipalId?: string };
}

export interface RecordPlace {
  readonly region: string;
  readonly streamArn: string;
}

/** Turns what a stream has into what a function gets. The engine's own region and account do not show. */
export function toEventRecord(record: StreamRecord, { region, streamArn }: RecordPlace): EventRecord {
  const { dynamodb = {}, userIdentity } = record;
  return {
    eventID: record.eventID ?? '',
    eventName: record.eventName ?? '',
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(dynamodb.ApproximateCreationDateTime ?? 0),
      Keys: dynamodb.Keys ?? {},
      ...(dynamodb.NewImage && { NewImage: dynamodb.NewImage }),
      ...(dynamodb.OldImage && { OldImage: dynamodb.OldImage }),
      SequenceNumber: dynamodb.SequenceNumber ?? '',
      SizeBytes: dynamodb.SizeBytes ?? 0,
      StreamViewType: dynamodb.StreamViewType ?? '',
    },
    ...(userIdentity && { userIdentity: { type: userIdentity.Type ?? '', principalId: userIdentity.PrincipalId ?? '' } }),
    eventSourceARN: streamArn,
  };
}

/** What tells one item from another within its table. */
export function itemKey({ dynamodb }: EventRecord): string {
  return JSON.stringify(Object.entries(dynamodb.Keys).sort(([a], [b]) => (a < b ? -1 : 1)));
}
