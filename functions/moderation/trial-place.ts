import type { Place } from './recent-comments.ts';

/** Where a page of a trial ended. */
export interface TrialPlace {
  /** The moment of the first call: what is posted later is left out of all pages. In milliseconds since 1970. */
  until: number;
  place: Place;
}

/** What a cursor of a trial carries. */
export const trialPosition = /^(?<until>\d{1,15}) (?<position>\d{4}-\d\d-\d\d [\w.~-]{1,128})(?: (?<after>[0-9a-f-]{36}))?$/;

export const writeTrialPlace = ({ until, place: { position, after } }: TrialPlace): string =>
  [until, position, ...(after === undefined ? [] : [after])].join(' ');

/** Reads what {@link writeTrialPlace} wrote, and {@link trialPosition} has let through. */
export function readTrialPlace(text: string): TrialPlace {
  const { until, position = '', after } = trialPosition.exec(text)?.groups ?? {};
  return { until: Number(until), place: { position, after } };
}
