import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleFunctions } from '../../lib/bundle.ts';

/** Licences that ask for nothing but to be named. */
const allowed = new Set(['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0']);

interface Locked {
  version: string;
  license?: string;
  integrity?: string;
}

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const locked = JSON.parse(read('package-lock.json')).packages as Record<string, Locked>;
const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;

const directory = mkdtempSync(join(tmpdir(), 'understory-dependencies-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** The packages of which code is in a function, by where they lie. */
let bundled: string[];

beforeAll(async () => {
  const { outputs } = await bundleFunctions({ outputDirectory: directory });
  const files = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const places = files.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? (packageOf.exec(path)?.[0] ?? []) : []));
  bundled = [...new Set(places)].sort();
});

const packageOf = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;
const nameOf = (place: string) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

it('every package in a function is in docs/dependencies.md, with its version, its licence and why, and nothing else is', () => {
  const rows = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` \| (\S+) \| (\S+) \| (.+) \|$/gm)];
  const told = rows.map(([, name, version, licence]) => `${name} ${version} ${licence}`);
  expect(told.toSorted()).toEqual(
    bundled.map((place) => `${nameOf(place)} ${locked[place]?.version} ${locked[place]?.license}`).toSorted(),
  );
  for (const [, name, , , why = ''] of rows) expect(why.trim().length, name).toBeGreaterThan(8);
});

it('every package in a function has a licence that asks for nothing but to be named', () => {
  expect(bundled.length).toBeGreaterThan(20);
  expect(bundled.filter((place) => !allowed.has(locked[place]?.license ?? ''))).toEqual([]);
});

it('whatever is called a dependency is in a function', () => {
  const names = new Set(bundled.map(nameOf));
  expect(Object.keys(dependencies ?? {}).filter((name) => !names.has(name))).toEqual([]);
});

it('every version is exact, and what is in a function is installed by its digest', () => {
  const asked = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  expect(bundled.filter((place) => !locked[place]?.integrity?.startsWith('sha512-'))).toEqual([]);
});
