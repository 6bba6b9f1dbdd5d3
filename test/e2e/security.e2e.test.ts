import { afterAll, beforeAll, describe } from 'vitest';
import { access } from './security/access.ts';
import { cursors } from './security/cursors.ts';
import { json } from './security/json.ts';
import { names } from './security/names.ts';
import { others } from './security/others.ts';
import { closeSite, openSite } from './security/site.ts';
import { slow } from './security/slow.ts';
import { tokens } from './security/tokens.ts';
import { traces } from './security/traces.ts';
import { wire } from './security/wire.ts';

beforeAll(openSite);
afterAll(closeSite);

describe('access', access);
describe('tokens', tokens);
describe('what is somebody else’s', others);
describe('cursors', cursors);
describe('names', names);
describe('JSON', json);
describe('the wire', wire);
describe('texts made to be slow', slow);
describe('what it leaves behind', traces);
