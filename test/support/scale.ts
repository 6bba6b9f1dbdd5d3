/**
 * A number by which a test proves that something holds for many: a tenth of it on DynamoDB Local, which takes several times as long.
 */
export const many = (count: number): number => (process.env.TEST_ENGINE === 'dynamodb-local' ? Math.ceil(count / 10) : count);
