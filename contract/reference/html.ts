/** Text that is HTML already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | string | number | readonly Html[];

/** Writes HTML; every value that is not HTML itself is escaped. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(strings.reduce((text, part, n) => text + written(values[n - 1] ?? '') + part));
}

/** Prose with `code` in it. */
export const prose = (text: string): Html => new Html(escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>'));

export const none = new Html('');

function written(value: Value): string {
  if (value instanceof Html) return value.text;
  return typeof value === 'object' ? value.map(({ text }) => text).join('') : escaped(String(value));
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
