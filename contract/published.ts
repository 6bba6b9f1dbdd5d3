import { writeClientTypes } from '../client/generate.ts';
import { writeDocument } from './document.ts';
import { writeReference } from './reference/page.ts';

/** Everything that is generated from the contract, by its path in the checkout. */
export async function writePublished(): Promise<Record<string, string>> {
  const document = await writeDocument();
  return {
    'docs/openapi.json': `${JSON.stringify(document, null, 2)}\n`,
    'docs/reference.html': writeReference(document),
    'client/api.d.ts': await writeClientTypes(document),
  };
}
