/** What AWS lets one place do in a second, unless it is asked for more. */
export const limits = {
  /** Of a partition, in the table as in an index ("Best practices for designing and using partition keys effectively in DynamoDB"). */
  partitionWriteUnits: 1_000,
  partitionReadUnits: 3_000,
  /** Units of a write within a transaction, for each KB of the item ("Amazon DynamoDB Transactions: How it works"). */
  transactionalWrite: 2,
  /** Actions that one transaction takes. */
  transactionSize: 100,
  /** Instances of an account's functions at the same time ("Lambda quotas"); it rises on request. */
  concurrency: 1_000,
  /** Batches of one shard that are under way at the same time ("Using AWS Lambda with Amazon DynamoDB", ParallelizationFactor). */
  parallelisation: 10,
  /** Requests per second of all HTTP APIs of an account ("Quotas for configuring and running an HTTP API"); it rises on request. */
  accountRequests: 10_000,
} as const;
