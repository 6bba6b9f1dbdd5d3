import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installEmulator, startEmulator } from './emulator.ts';

const file = fileURLToPath(new URL('../../build/emulator/environment', import.meta.url));
const say = (text: string) => void process.stdout.write(`${text}\n`);

const python = await installEmulator();
if (python === undefined) process.exitCode = 1;
else {
  const { endpoint, environment, stop } = await startEmulator(python);
  const lines = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'\n`);
  writeFileSync(file, lines.join(''));
  say(`An empty AWS is at ${endpoint}; Ctrl+C ends it, and all that is in it. In another terminal:

  source ${relative(process.cwd(), file)}
  npx cdk bootstrap aws://000000000000/us-east-1
  npx cdk deploy -c config=config/emulator.json --require-approval never`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await stop();
}
