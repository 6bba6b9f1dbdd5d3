import { writeLongThread } from '../../test/support/long-thread.ts';

// In a process of its own, because functions learn once which table is theirs: `fill-thread.ts ARTICLE COMMENTS`.
const [articleId = '', comments = ''] = process.argv.slice(2);
await writeLongThread(articleId, Number(comments));
