import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { storeMarker } from '../store/store.ts';

/**
 * What in the project no synthesis reads. Everything else counts, so that whatever a construct or the bundler will one day read is among
 * it: counting too much costs a synthesis, counting too little would run code that is not what lies here.
 */
const outside = new Set(['node_modules', 'build', 'cdk.out', 'coverage', 'test', 'bench']);
/** Which packages are really installed, whatever the lock file says. */
const installed = 'node_modules/.package-lock.json';

/** A digest of everything that a synthesis depends on; equal digests mean equal output. */
export function digestInputs(root: string, configurationFile: string): string {
  const hash = createHash('sha256').update(process.version);
  addToDigest(hash, root, '.', (path, names) => {
    const isStore = names.includes(storeMarker);
    return isStore ? [] : names.filter((name) => !outside.has(name) && !(path === '.' && name.startsWith('.')));
  });
  if (existsSync(join(root, installed))) addToDigest(hash, root, installed);
  hash.update(readFileSync(configurationFile));
  return hash.digest('hex').slice(0, 32);
}

/** A digest of a directory with all its files: names and contents. */
export function digestDirectory(directory: string): string {
  const hash = createHash('sha256');
  addToDigest(hash, directory, '.');
  return hash.digest('hex');
}

function addToDigest(hash: Hash, root: string, path: string, choose = (_: string, names: string[]): string[] => names): void {
  const absolute = join(root, path);
  // An editor's temporary file may be gone again.
  const found = statSync(absolute, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (found.isDirectory()) {
    for (const name of choose(path, readdirSync(absolute)).sort()) addToDigest(hash, root, join(path, name), choose);
    return;
  }
  const content = readFileSync(absolute);
  hash.update(`${path}\0${content.length}\0`).update(content);
}
