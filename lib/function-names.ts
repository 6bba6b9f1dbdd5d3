/** Every Lambda function: the HTTP entries of the route table, and what the table's stream wakes. */
export const functionNames = ['reader', 'member', 'publisher', 'moderator', 'settle', 'announce'] as const;

export type FunctionName = (typeof functionNames)[number];
