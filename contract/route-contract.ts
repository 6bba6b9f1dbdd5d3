import type * as z from 'zod';
import type { ProblemCode } from '#http/problem.ts';
import type { Route, routes } from '../functions/routes.ts';

export type RouteName = (typeof routes)[number]['name'];

/** What a route answers with one status: a media type and what its body holds, or no body at all. */
export interface Answer {
  readonly description: string;
  readonly media: 'application/json' | 'application/atom+xml' | 'application/x-ndjson' | 'text/html' | undefined;
  readonly schema: z.ZodType | undefined;
  /** The same in another form, where `Accept` asks for it. */
  readonly otherwise?: Answer;
}

/** The sections of the reference, in their order. */
export const tags = {
  articles: 'What comments are about, as the publisher registers it.',
  comments: 'Reading a thread, and taking part in it.',
  me: 'What a member may know and ask about their own data.',
  moderation: 'Queues, decisions and the policy that screens comments.',
  service: 'The service itself: its health and its description.',
} as const;

/** What a route promises beyond what its schemas and the route table say already. */
export interface RouteContract {
  readonly tag: keyof typeof tags;
  readonly summary: string;
  readonly description?: string;
  /** A body to send, as the reference shows it. */
  readonly example?: object;
  /** By status, where the request succeeds. */
  readonly answers: Readonly<Partial<Record<200 | 201 | 202 | 204, Answer>>>;
  /** Refusals besides those that follow from the route itself, see `refusals.ts`. */
  readonly refuses?: readonly ProblemCode[];
  /** Whether `If-Match` is taken, or must be sent. */
  readonly ifMatch?: 'optional' | 'required';
  readonly idempotencyKey?: boolean;
  /** Whether a member may call it only so often. */
  readonly limited?: boolean;
  /** Whether what is answered has a revision, which its `ETag` names. */
  readonly revisioned?: boolean;
}

/** The contracts of some routes; the compiler says if a name is no route's. */
export type Contracts = Readonly<Partial<Record<RouteName, RouteContract>>>;

export const json = (schema: z.ZodType, description: string): Answer => ({ description, media: 'application/json', schema });
export const text = (media: Answer['media'], schema: z.ZodType, description: string): Answer => ({ description, media, schema });
export const nothing = (description: string): Answer => ({ description, media: undefined, schema: undefined });

/** What creates something tells where it is. */
export const tellsLocation = (route: Route, status: number): boolean => route.method !== 'GET' && (status === 201 || status === 202);
