/** Every Lambda function: the HTTP entries of the route table, what the table's stream wakes, and the schedule. */
export const functionNames = ['reader', 'member', 'publisher', 'moderator', 'settle', 'announce', 'housekeeping'] as const;

export type FunctionName = (typeof functionNames)[number];
