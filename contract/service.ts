import * as z from 'zod';
import { type Contracts, json, text } from './route-contract.ts';

const health = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' });

const problemType = z.strictObject({ type: z.string(), title: z.string(), status: z.int(), description: z.string() }).meta({
  id: 'ProblemType',
  examples: [{ type: '/problems/not-found', title: 'There is nothing here', status: 404, description: 'Nothing that …' }],
});

const document = z.looseObject({ openapi: z.string(), info: z.looseObject({}), paths: z.looseObject({}), components: z.looseObject({}) });

export const serviceContracts = {
  getHealth: {
    tag: 'service',
    summary: 'Ask whether the service works',
    answers: { 200: json(health, 'The table answers.') },
  },
  getOpenApi: {
    tag: 'service',
    summary: 'Read this description',
    answers: { 200: json(document, 'OpenAPI 3.1.') },
  },
  getDocs: {
    tag: 'service',
    summary: 'Read the reference',
    answers: { 200: text('text/html', z.string(), 'This description as a page to read.') },
  },
  getProblemType: {
    tag: 'service',
    summary: 'Read what a problem type means',
    answers: { 200: json(problemType, 'The problem type.') },
  },
} satisfies Contracts;
