import type { Figure } from '../figure.ts';

/** A budget of the design, and the figures that tell whether it is kept. */
export interface Budget {
  readonly what: string;
  readonly allowed: string;
  readonly part: string;
  /** Which figures of the part: those of them that have a budget of their own count. */
  readonly figures: RegExp;
  /** Why it is not kept, where it is known not to be. */
  readonly whyNot?: string;
}

/** What the design allows, in its order. */
export const budgets: readonly Budget[] = [
  {
    what: 'a post of up to 1 KB, until it is answered',
    allowed: '5 write units, 2 read units',
    part: 'units',
    figures: /^postComment(, of 1,000 characters)?: (read|write)$/,
  },
  {
    what: 'the same all in: screened, approved, counted',
    allowed: '12 write units as DynamoDB Local counts',
    part: 'units',
    figures: /^postComment.*, all in, as DynamoDB Local counts$/,
  },
  { what: 'a page of 20 comments, any sort', allowed: '2 read units', part: 'units', figures: /^listComments.*: read$/ },
  {
    what: 'the same in a long thread, its first page and its deepest',
    allowed: '1 query, 2 read units, and ½ for the look at the article that a later page takes',
    part: 'thread',
    figures: /./,
    whyNot:
      'Units and queries do not vary, milliseconds do: a page costs up to half as much again as the bare calls while others use the machine.',
  },
  {
    what: 'an article with its count · counts of 50',
    allowed: '1.5 · 25 read units',
    part: 'units',
    figures: /^get(Article|Counts.*): read$/,
  },
  { what: '1,000 comments on one article in a burst', allowed: '30 writes of its tally', part: 'settling', figures: /^writes of a tally/ },
  { what: 'code of a function', allowed: '1.4 × the bare SDK', part: 'cold-start', figures: /: code$/ },
  { what: 'load time of a function', allowed: '1.4 × the bare SDK', part: 'cold-start', figures: /: load$/ },
  {
    what: 'time of a handler',
    allowed: '1.25 × the bare calls',
    part: 'handlers',
    figures: /^(?!.*: calls$)/,
    whyNot:
      'With a store that answers from memory all that is left is computing: checking a token, validating, Markdown and printing come on top of what the SDK computes for its calls, and nothing is waited for that would hide them.',
  },
  {
    what: 'a hot page through the local runtime',
    allowed: '20 % of the requests of a bare Node.js server',
    part: 'throughput',
    figures: /^hot page of 18/,
  },
  {
    what: 'a page read from the table',
    allowed: '70 % of the queries of the bare SDK',
    part: 'throughput',
    figures: /by its function$/,
  },
  { what: 'calls to answer a post on a warm function', allowed: '2, 3 for a reply', part: 'handlers', figures: /^(post|reply): calls$/ },
  { what: 'posted until approved and counted, idle', allowed: '95 of 100 within 500 ms', part: 'settling', figures: /^lag at 1 .*p95$/ },
  { what: '`npm start` until it answers', allowed: '10 s, 4 s afterwards', part: 'start', figures: /^npm start/ },
];

/** The figures by which a budget is judged. */
export const judged = ({ figures }: Budget, measured: readonly Figure[]): Figure[] =>
  measured.filter((figure) => figures.test(figure.name) && (figure.budget !== undefined || figure.atLeast !== undefined));

/** How much of what is allowed a figure takes: 1 is just enough, more is too much. */
export const usedOf = ({ median, budget, atLeast }: Figure): number => (budget === undefined ? (atLeast ?? 0) / median : median / budget);
