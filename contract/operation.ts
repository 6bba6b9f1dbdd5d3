import * as z from 'zod';
import type { Access } from '../functions/routes.ts';
import { contract } from './contract.ts';
import type { ServedRoute } from './endpoints.ts';
import { commonParameters, parameterReference } from './headers.ts';
import type { JsonSchema, SchemaWriter } from './json-schema.ts';
import type { ResponseWriter } from './responses.ts';
import { shapeOf } from './shape.ts';

/** A parameter of a path or query. */
interface Parameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  schema: JsonSchema;
  /** Query parameters that are lists are written with commas. */
  style?: 'form';
  explode?: false;
}

/** Writes one route as an OpenAPI operation. */
export function writeOperation(route: ServedRoute, schemas: SchemaWriter, responses: ResponseWriter) {
  const { tag, summary, description, example } = contract[route.name];
  const { body } = route.endpoint.takes;
  return {
    operationId: route.name,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    security: rolesFor[route.access].map((roles) => ({ token: roles })),
    parameters: [...writeParameters(route, schemas), ...writeRequestHeaders(route)],
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemas.body(body, `${capitalised(route.name)}Body`), ...(example && { example }) } },
      },
    }),
    responses: responses.write(route),
  };
}

function writeParameters({ name, path, endpoint }: ServedRoute, schemas: SchemaWriter): Parameter[] {
  const { params, query } = endpoint.takes;
  const segments = [...path.matchAll(/\{(\w+)\}/g)].map(([, segment]) => segment ?? '');
  const inPath = shapeOf(params);
  return [
    ...segments.map((segment): Parameter => {
      const schema = inPath[segment];
      if (schema === undefined) throw new Error(`${name} checks no ${segment}, which its path has`);
      return { name: segment, in: 'path', required: true, schema: schemas.parameter(schema) };
    }),
    ...Object.entries(shapeOf(query)).map(([parameter, schema]) => writeQueryParameter(parameter, schema, schemas)),
  ];
}

function writeQueryParameter(name: string, schema: z.core.$ZodType, schemas: SchemaWriter): Parameter {
  const written = schemas.parameter(schema);
  const required = !z.safeParse(schema, undefined).success;
  return { name, in: 'query', required, schema: written, ...(written.type === 'array' && ({ style: 'form', explode: false } as const)) };
}

function writeRequestHeaders({ name, method, access }: ServedRoute) {
  const { ifMatch, idempotencyKey, revisioned } = contract[name];
  return [
    ...(method === 'GET' && (access === 'public' || revisioned) ? [parameterReference('IfNoneMatch')] : []),
    ...(ifMatch === 'optional' ? [parameterReference('IfMatch')] : []),
    ...(ifMatch === 'required' ? [{ ...commonParameters.IfMatch, required: true }] : []),
    ...(idempotencyKey ? [parameterReference('IdempotencyKey')] : []),
  ];
}

/** Any one of these will do; a role is needed, or only a valid token. `admin` may do all. */
const rolesFor: Record<Access, readonly (readonly string[])[]> = {
  public: [],
  member: [[]],
  publisher: [['publisher']],
  moderator: [['moderator']],
  'publisher-or-moderator': [['publisher'], ['moderator']],
  admin: [['admin']],
};

const capitalised = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
