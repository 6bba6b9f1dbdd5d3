import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { functionEnvironment } from './function-environment.ts';

/** Set before a test file imports any function; each file has a table of its own. */
Object.assign(process.env, functionEnvironment(inject('engineUrl'), inject('secretsUrl'), `test-${randomUUID()}`));
