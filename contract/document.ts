import { contract } from './contract.ts';
import { type ServedRoute, servedRoutes } from './endpoints.ts';
import { commonHeaders, commonParameters } from './headers.ts';
import { SchemaWriter } from './json-schema.ts';
import { writeOperation } from './operation.ts';
import { ResponseWriter } from './responses.ts';
import { tags } from './route-contract.ts';

/** The version of the contract, which moves when something is added to it; `/v1` moves when something is taken away. */
const version = '1.0.0';

const description = `Understory keeps the comments of news sites.

Errors are problem details (RFC 9457), and every answer carries \`x-request-id\`. What never reaches the service is
answered by API Gateway with \`apigw-requestid\` and \`{"message": "…"}\`: too many requests at once (429), over 10 MB (413), over 10 KB of
headers (431), a malformed path (400). Lists come in pages: \`limit\` items (1–100) and \`nextCursor\`, which goes back as \`cursor\` with the
same parameters. What is public carries a strong \`ETag\` and may be shared by caches; what is personal is never stored. Whatever has a
\`revision\` takes \`If-Match\` with that \`ETag\`, or with the revision in quotes.`;

/** Writes the OpenAPI 3.1 description of the routes from the schemas that check their requests and the contract of their answers. */
export async function writeDocument() {
  const schemas = new SchemaWriter();
  const responses = new ResponseWriter(schemas);
  const paths = writePaths(await servedRoutes(), (route) => writeOperation(route, schemas, responses));
  return {
    openapi: '3.1.0',
    info: { title: 'Understory', version, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/', description: 'Where this description was read from.' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'A token of the site’s own sign-on (HS256) or of a configured OpenID Connect issuer (RS256, ES256), with the claims `sub` and `name`, ' +
            'perhaps `picture`, and `roles`: `moderator`, `publisher`, `admin`. One without `exp` is taken for as long as its key is.',
        },
      },
      parameters: commonParameters,
      headers: commonHeaders,
      responses: byName(responses.components),
      schemas: byName(schemas.components),
    },
  };
}

export type OpenApiDocument = Awaited<ReturnType<typeof writeDocument>>;

type Operation = ReturnType<typeof writeOperation>;

/** The paths in the order of their sections. */
function writePaths(served: readonly ServedRoute[], write: (route: ServedRoute) => Operation): Record<string, Record<string, Operation>> {
  const paths: Record<string, Record<string, Operation>> = {};
  const order = Object.keys(tags);
  const sorted = served.toSorted((a, b) => order.indexOf(contract[a.name].tag) - order.indexOf(contract[b.name].tag));
  for (const route of sorted) paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: write(route) };
  return paths;
}

const byName = <T>(components: ReadonlyMap<string, T>): Record<string, T> =>
  Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1)));
