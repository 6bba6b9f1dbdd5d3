import { describe, expect, it } from 'vitest';
import { parsePage } from '../../bin/import/page.ts';
import { describe as describeReport } from '../../bin/import/report.ts';

const comments = [{ author: { name: 'Ann' }, body: 'One' }];
const page = (displayedCommentCount?: number) => parsePage({ article: { title: 'A story' }, comments, displayedCommentCount }, 'page.json');
const report = { posted: 1, adopted: 0, already: 0, statuses: new Map([['approved', 1]]), commentCount: 1, milliseconds: 1234 };

describe('the report of an import', () => {
  it('compares the count with the one that the page displayed', () => {
    expect(describeReport(report, page(1), 'http://page').split('\n')).toEqual([
      'Done in 1.2 s: 1 posted now, 0 already there.',
      'Screening: 1 approved, 0 held, 0 rejected.',
      'Comments that the article counts: 1; displayed by the page: 1 (equal).',
      'http://page',
    ]);
    expect(describeReport(report, page(2), '')).toContain('displayed by the page: 2 (not equal).');
    expect(describeReport(report, page(), '')).toContain('in the file: 1 (equal).');
  });

  it('names the statuses that are not usual, and what was adopted', () => {
    const unusual = {
      ...report,
      posted: 0,
      already: 2,
      adopted: 1,
      statuses: new Map([
        ['pending', 1],
        ['not shown', 2],
      ]),
    };
    const text = describeReport(unusual, page(1), '');
    expect(text).toContain('0 posted now, 3 already there (1 found without a line in the ledger).');
    expect(text).toContain('0 approved, 0 held, 0 rejected, 1 still pending, 2 not shown.');
  });
});
