import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The path of a file of real input, which lies beside the checkout in `../shared/data`.
 *
 * @throws Error that says where it was looked for
 */
export function sharedData(name: string): string {
  const path = fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url));
  if (!existsSync(path))
    throw new Error(`This test reads real input, and ${path} is not there: put the shared folder beside the checkout.`);
  return path;
}
