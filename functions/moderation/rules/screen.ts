import type { Breaking } from '#articles/article.ts';
import { type ReportCounts, reportsRule } from '#comments/rules/reports.ts';
import type { FiredRule, RuleAction, Verdict } from '#comments/rules/verdict.ts';
import { ruleActions } from '#comments/rules/verdict.ts';
import { visibleText } from '#comments/rules/visible-text.ts';
import type { PostingStanding } from '#members/rules/standing.ts';
import { breakingRules } from './breaking.ts';
import { capitalsRule } from './capitals.ts';
import { type Readable, readable } from './folding.ts';
import { linksRule } from './links.ts';
import { makePhraseFinder, type PhraseFinder } from './phrases.ts';
import type { Policy } from './policy.ts';
import { type EarlierComment, newcomersRule, recordRule } from './record.ts';

/** A policy made ready to screen many comments. */
export interface ReadyPolicy {
  policy: Policy;
  version: number;
  banned: PhraseFinder;
  suspect: PhraseFinder;
}

/** What screening looks at; everything comes in as a value. */
export interface Subject {
  body: string;
  html: string;
  mode: Policy['mode'];
  /** The breaking-news mode that its article is in. */
  breaking?: Breaking;
  /** The author's standing when they wrote it. */
  standing?: PostingStanding;
  /** Earlier comments of the author, where a rule of the policy may ask for them. */
  earlier?: readonly EarlierComment[];
  /** An earlier comment of the author that says the same, and how many minutes ago it was made. */
  repeats: { commentId: string; minutesAgo: number } | undefined;
  /** It is an edit of a comment that waits for a moderator. */
  waiting?: boolean;
  /** Its reports, where it was seen before. */
  reported?: { reports?: ReportCounts; reportsSeen?: number };
}

export const readyPolicy = (policy: Policy, version: number): ReadyPolicy => ({
  policy,
  version,
  banned: makePhraseFinder(policy.bannedPhrases),
  suspect: makePhraseFinder(policy.suspectPhrases),
});

/** Decides what a policy says of a comment. All rules that fire are named; the strictest action decides. */
export function screen(subject: Subject, ready: ReadyPolicy, now: Date): Verdict {
  const texts = textsOf(subject);
  const rules = [
    ...phraseRules('bannedPhrases', 'reject', ready.banned, texts),
    ...phraseRules('suspectPhrases', 'hold', subject.standing === 'trusted' ? () => [] : ready.suspect, texts),
    ...(subject.standing === 'trusted' ? [] : rulesOnDistrust(subject, ready, now)),
    // What readers have reported is not a matter of who wrote it.
    reportsRule(subject.reported ?? {}, ready.policy.reports.holdAt),
  ].filter((rule) => rule !== undefined);
  return verdictOf(rules, ready, now);
}

/** The rules that trusted members skip. */
const rulesOnDistrust = (subject: Subject, { policy }: ReadyPolicy, now: Date): (FiredRule | undefined)[] => [
  linksRule(subject.html, policy.links),
  capitalsRule(subject.body, policy.capitals),
  repeatRule(subject, policy.repeat),
  newcomersRule(subject.earlier ?? [], policy.newcomers),
  recordRule(subject.earlier ?? [], policy.record, now),
  ...breakingRules(subject.breaking, subject),
  standingRule(subject),
  moderatedRule(subject),
  waitingRule(subject),
];

/** The verdict that fired rules come to. */
export const verdictOf = (rules: FiredRule[], { version }: ReadyPolicy, now: Date): Verdict => ({
  outcome: outcomes[strictest(rules)],
  policyVersion: version,
  at: now.toISOString(),
  rules,
});

const outcomes = { approve: 'approved', hold: 'held', reject: 'rejected', spam: 'spam', mute: 'muted' } as const;

const strictest = (rules: readonly FiredRule[]): RuleAction =>
  ruleActions[Math.max(0, ...rules.map(({ action }) => ruleActions.indexOf(action)))] ?? 'hold';

/** A text as it was written, and as readers see it, where mark-up within a word has gone. */
interface Texts {
  written: Readable;
  shown: Readable;
}

const textsOf = ({ body, html }: Subject): Texts => ({ written: readable(body), shown: readable(visibleText(html)) });

/** Phrases are looked for in the text alone: nobody is held for their name. */
function phraseRules(rule: string, action: RuleAction, find: PhraseFinder, { written, shown }: Texts): FiredRule[] {
  const asWritten = find(written);
  const found = asWritten.length > 0 || shown.original === written.original ? asWritten : find(shown);
  return found.map(({ phrase, quote, at }) => {
    const where = `at character ${at}${found === asWritten ? '' : ' as shown'}`;
    return { rule, action, evidence: `“${shortened(quote)}” ${where}${quote === phrase ? '' : ` matches “${phrase}”`}` };
  });
}

/** Characters of a quote that a verdict keeps: as many as a phrase may have. What cannot be seen may stretch it over the whole text. */
const longestQuote = 200;

function shortened(quote: string): string {
  if (quote.length <= longestQuote) return quote;
  return `${quote.slice(0, longestQuote).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function repeatRule({ repeats }: Subject, { minutes, action }: Policy['repeat']): FiredRule | undefined {
  if (repeats === undefined || repeats.minutesAgo >= minutes) return undefined;
  return { rule: 'repeat', action, evidence: `says the same as ${repeats.commentId}, ${Math.floor(repeats.minutesAgo)} minutes before` };
}

function standingRule({ standing }: Subject): FiredRule | undefined {
  if (standing === 'held') return { rule: 'standing', action: 'hold', evidence: 'every comment of this member waits for a moderator' };
  return standing === 'muted' ? { rule: 'standing', action: 'mute', evidence: 'the member is muted' } : undefined;
}

function moderatedRule({ mode }: Subject): FiredRule | undefined {
  return mode === 'moderated' ? { rule: 'mode', action: 'hold', evidence: 'every comment here waits for a moderator' } : undefined;
}

/** What waits for a moderator is not let go by an edit of its author. */
function waitingRule({ waiting }: Subject): FiredRule | undefined {
  return waiting ? { rule: 'waiting', action: 'hold', evidence: 'it was edited while it waited for a moderator' } : undefined;
}
