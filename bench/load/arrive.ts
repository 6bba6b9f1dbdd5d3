import { setTimeout as delay } from 'node:timers/promises';
import { writeItems } from '../../test/support/write-items.ts';
import { pendingComment } from './pending.ts';

// Comments arrive at a constant rate as if they had just been posted, so that settling is measured and not posting:
// `arrive.ts ARTICLE RATE SECONDS`, in a process of its own. Prints how many came in how many seconds.

const articleId = process.argv[2] ?? '';
const [rate = 0, seconds = 0] = process.argv.slice(3).map(Number);

const begun = performance.now();
let arrived = 0;
while (arrived < rate * seconds) {
  const due = Math.min(rate * seconds, Math.ceil(((performance.now() - begun) / 1_000) * rate)) - arrived;
  if (due > 0) await writeItems(Array.from({ length: due }, () => pendingComment(articleId)));
  arrived += due;
  await delay(5);
}
process.stdout.write(JSON.stringify({ arrived, seconds: (performance.now() - begun) / 1_000 }));
