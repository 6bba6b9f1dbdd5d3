import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writePublished } from '../contract/published.ts';

/** Writes the API's description, its reference and the types of its client anew. */
for (const [path, text] of Object.entries(await writePublished())) {
  await writeFile(fileURLToPath(new URL(`../${path}`, import.meta.url)), text);
  process.stdout.write(`${path} ${Math.ceil(Buffer.byteLength(text) / 1024)} KiB\n`);
}
