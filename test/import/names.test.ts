import { describe, expect, it } from 'vitest';
import { articleIdOf, subjectOf } from '../../bin/import/names.ts';

const id = /^[A-Za-z0-9._~-]{1,128}$/;

describe('articleIdOf', () => {
  it('is the title as a slug', () => {
    expect(articleIdOf('Kyiv’s Café: “No NATO” — 2024!')).toBe('kyivs-cafe-no-nato-2024');
  });

  it('stays within the alphabet and the length of an id, and keeps different titles apart', () => {
    const long = 'word '.repeat(60);
    const titles = ['Новости', 'Новость', '今日', '🙄', long, `${long}again`, 'Новости 2024', 'Новость 2024'];
    const ids = titles.map((title) => articleIdOf(title));
    for (const one of ids) expect(one).toMatch(id);
    expect(new Set(ids).size).toBe(titles.length);
  });
});

describe('subjectOf', () => {
  it('is the same for a name in every run, and another for every other name', () => {
    expect(subjectOf('Chris Ward')).toBe(subjectOf('Chris Ward'));
    const names = ['Chris Ward', 'chris ward', 'Chris-Ward', 'Chris  Ward', 'Крис', 'x'.repeat(300), `${'x'.repeat(300)}y`];
    const subjects = names.map(subjectOf);
    for (const one of subjects) expect(one).toMatch(id);
    expect(new Set(subjects).size).toBe(names.length);
  });
});
