/**
 * A number by which a test proves that something holds for many: a tenth of it on DynamoDB Local, which grows slower with
 * everything that it has ever seen, for all tests after it.
 */
export const many = (count: number): number => (process.env.TEST_ENGINE === 'dynamodb-local' ? Math.ceil(count / 10) : count);
