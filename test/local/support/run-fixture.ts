import { startRuntime } from '../../../local/runtime.ts';

/** Runs an assembly until it is killed, and prints where it listens. */
const [assembly, dataDir, engine] = process.argv.slice(2);
if (assembly === undefined || dataDir === undefined || engine === undefined) throw new Error('Usage: run-fixture.ts ASSEMBLY DATA ENGINE');
const { url } = await startRuntime({ port: 0, engine, dataDir, assembly });
process.stdout.write(`${url}\n`);
