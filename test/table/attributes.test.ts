import { describe, expect, it } from 'vitest';
import { fromImage } from '#table/attributes.ts';

const bytes = Uint8Array.of(0, 1, 250, 255);
const B = Buffer.from(bytes).toString('base64');

describe('an image of a stream’s record', () => {
  it('has the bytes that its base64 stands for, however deep they lie', () => {
    const image = {
      pk: { S: B },
      view: { B },
      decided: { M: { view: { B }, status: { S: 'approved' } } },
      list: { L: [{ B }, { N: '1' }] },
      none: { B: '' },
    };
    expect(fromImage(image)).toEqual({
      pk: B,
      view: bytes,
      decided: { view: bytes, status: 'approved' },
      list: [bytes, 1],
      none: new Uint8Array(),
    });
  });

  it('says the rest as an item of the table says it', () => {
    const image = { yes: { BOOL: true }, nothing: { NULL: true }, few: { L: [] }, empty: { M: {} }, count: { N: '12.5' }, text: { S: '' } };
    expect(fromImage(image)).toEqual({ yes: true, nothing: null, few: [], empty: {}, count: 12.5, text: '' });
  });
});
