import { endpoint } from '#http/endpoint.ts';
import { ok } from '#http/reply.ts';
import { queueSizes } from './queues.ts';

export const getQueues = endpoint({ handle: async () => ok({ queues: await queueSizes() }) });
