import { unpackView } from '#comments/rules/view.ts';

/** All that items say, as one text to search: also what a long comment says, whose view is stored deflated. */
export const textOfItems = (items: readonly object[]): string =>
  JSON.stringify(items, (name, value) =>
    (name === 'view' || name === 'edited') && value instanceof Uint8Array ? unpackView(value) : value,
  );
