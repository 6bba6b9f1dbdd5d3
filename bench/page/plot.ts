/** Points of one colour, from left to right; both numbers are above zero. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** One set of axes: `x` by powers of ten, `y` from zero. */
export interface Panel {
  readonly title: string;
  /** What stands below the axis of `x`. */
  readonly of: string;
  readonly series: readonly Series[];
}

const width = 420;
const height = 300;
const left = 48;
const right = 32;
const top = 36;
const bottom = 100;
/** Told apart without colours as well: by the shape of the marks, below. */
const colours = ['#1f77b4', '#d95f02', '#1b7837', '#7b3294'];

/**
 * Draws panels side by side as SVG; `title` tells those what it shows who do not see it. Libraries that plot draw into a browser's document, or bring one along; four lines and their axes
 * are less.
 */
export function plotOf(title: string, panels: readonly Panel[]): string {
  const drawn = panels.map((panel, n) => `<g transform="translate(${n * width} 0)">${panelOf(panel)}</g>`);
  const size = `width="${panels.length * width}" height="${height}" viewBox="0 0 ${panels.length * width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="11">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" fill="#fff"/>
${drawn.join('\n')}
</svg>
`;
}

function panelOf({ title, of, series }: Panel): string {
  const points = series.flatMap((each) => each.points);
  const powers = points.map(([x]) => Math.log10(x));
  const [first, last] = [Math.floor(Math.min(...powers)), Math.max(Math.floor(Math.min(...powers)) + 1, Math.ceil(Math.max(...powers)))];
  const step = stepOf(Math.max(...points.map(([, y]) => y)));
  const highest = step * Math.ceil(Math.max(...points.map(([, y]) => y)) / step + 0.2);
  const across = (x: number) => place(left + ((Math.log10(x) - first) / (last - first)) * (width - left - right));
  const up = (y: number) => place(height - bottom - (y / highest) * (height - top - bottom));
  const powersOfTen = Array.from({ length: last - first + 1 }, (_, n) => 10 ** (first + n));
  const steps = Array.from({ length: Math.round(highest / step) + 1 }, (_, n) => n * step);
  return [
    `<text x="${left}" y="20" font-size="13" font-weight="bold">${escaped(title)}</text>`,
    ...steps.map((y) => `<path d="M${left} ${up(y)}H${width - right}" stroke="#ddd"/>${label(left - 6, up(y) + 4, 'end', tidy(y))}`),
    ...powersOfTen.map((x) => label(across(x), height - bottom + 16, 'middle', x.toLocaleString('en'))),
    label((left + width - right) / 2, height - bottom + 34, 'middle', of),
    ...series.map((each, n) => lineOf(each, n, across, up)),
    ...series.map(({ name }, n) => {
      const [x, y] = [left + (n % 2) * ((width - left - right) / 2), height - bottom + 56 + Math.floor(n / 2) * 18];
      return `${markOf(n, x + 5, y)}${label(x + 16, y + 4, 'start', name)}`;
    }),
  ].join('\n');
}

function lineOf({ points }: Series, n: number, across: (x: number) => number, up: (y: number) => number): string {
  const places = points.map(([x, y]) => `${across(x)} ${up(y)}`);
  const marks = points.map(([x, y]) => markOf(n, across(x), up(y)));
  return `<path d="M${places.join('L')}" fill="none" stroke="${colours[n % colours.length]}" stroke-width="1.5"/>${marks.join('')}`;
}

function markOf(n: number, x: number, y: number): string {
  const shapes = [
    `<circle cx="${x}" cy="${y}" r="4"`,
    `<rect x="${x - 3.5}" y="${y - 3.5}" width="7" height="7"`,
    `<path d="M${x} ${y - 5}l5 9h-10z"`,
    `<path d="M${x} ${y - 5}l5 5-5 5-5-5z"`,
  ];
  return `${shapes[n % shapes.length]} fill="${colours[n % colours.length]}"/>`;
}

const label = (x: number, y: number, anchor: 'start' | 'middle' | 'end', text: string) =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="#333">${escaped(text)}</text>`;

/** A step of 1, 2 or 5 times a power of ten that comes to between three and seven steps. */
function stepOf(highest: number): number {
  const power = 10 ** Math.floor(Math.log10(highest / 3));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => highest / step <= 6) ?? 10 * power;
}

const place = (value: number) => Math.round(value * 10) / 10;
const tidy = (value: number) => String(Number(value.toPrecision(6)));
const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
