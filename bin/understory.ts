import { createApp } from '../lib/app.ts';
import { bundleFunctions } from '../lib/bundle.ts';
import { addSecurityRules } from '../lib/validation.ts';

await bundleFunctions();
const app = createApp();
addSecurityRules(app);
app.synth();
