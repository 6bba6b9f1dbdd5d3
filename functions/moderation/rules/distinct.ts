import type * as z from 'zod/mini';

/** A rule for lists: no two entries are called the same. `field` is where an entry says so, if it is no name itself. */
export const distinct =
  <T>(nameOf: (entry: T) => string, field?: string) =>
  ({ value, issues }: z.core.ParsePayload<T[]>): void => {
    const names = value.map(nameOf);
    for (const [position, name] of names.entries()) {
      if (names.indexOf(name) === position) continue;
      const path = field === undefined ? [position] : [position, field];
      issues.push({ code: 'custom', path, message: 'must be unlike the other names', input: name });
    }
  };
