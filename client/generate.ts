import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';

const notice = '/** Generated from docs/openapi.json by `npm run openapi`. */\n\n';

/** Writes the types that the client is made of: the paths of the description, what they take and what they answer. */
export async function writeClientTypes(document: object): Promise<string> {
  const nodes = await openapiTypescript(structuredClone(document) as OpenAPI3, { defaultNonNullable: false });
  return notice + astToString(nodes);
}
