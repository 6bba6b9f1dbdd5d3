import * as z from 'zod';

/** A JSON Schema of the dialect that OpenAPI 3.1 takes as it is, draft 2020-12. */
export type JsonSchema = { [keyword: string]: unknown };

/** Writes zod schemas as JSON Schema; those with an id go to `components` and are referred to. */
export class SchemaWriter {
  readonly components = new Map<string, JsonSchema>();

  /** What a client sends in a body. Unknown fields are refused where the schema says so. */
  body(schema: z.core.$ZodType, id: string): JsonSchema {
    this.components.set(id, this.#write(schema, 'input'));
    return reference(id);
  }

  /** What a part of the path or a query parameter means, once it has been read from its text. */
  parameter(schema: z.core.$ZodType): JsonSchema {
    return this.#write(schema, 'output');
  }

  /** What is answered. Clients must expect more fields in future, so the description does not close any object. */
  answer(schema: z.core.$ZodType): JsonSchema {
    return this.#write(schema, 'output');
  }

  #write(schema: z.core.$ZodType, io: Direction): JsonSchema {
    const { $defs = {}, ...root } = convert(schema, io);
    for (const [id, definition] of Object.entries($defs)) this.components.set(id, tidy(definition, io));
    return tidy(root, io);
  }
}

const reference = (id: string): JsonSchema => ({ $ref: `#/components/schemas/${id}` });

type Direction = 'input' | 'output';

const convert = (schema: z.core.$ZodType, io: Direction) =>
  z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (!(zodSchema instanceof z.core.$ZodPipe)) return;
      const joined = join(zodSchema, io);
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
      Object.assign(jsonSchema, joined);
    },
  });

/**
 * A pipe checks what comes in, changes it, and checks what came of it. Where both are of one type, a client must keep
 * both sets of rules; where the type changes, which happens to query parameters alone, what comes out is what is meant.
 */
function join(pipe: z.core.$ZodPipe, io: Direction): JsonSchema {
  const { $schema: _in, ...before } = convert(pipe._zod.def.in, io);
  const { $schema: _out, ...after } = convert(pipe._zod.def.out, io);
  if (after.type === undefined || (io === 'input' && before.type !== undefined && before.type !== after.type)) return before;
  if (before.type === undefined || before.type !== after.type) return after;
  return { ...after, ...before };
}

/** Leaves out what says nothing, and writes `null` beside the type as people do. */
function tidy(value: unknown, io: Direction): JsonSchema {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) => {
    if (typeof part === 'string') return part.replace(/^#\/\$defs\//, '#/components/schemas/');
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return tidied(part as JsonSchema, io);
  }) as JsonSchema;
}

function tidied({ $schema: _schema, id, ...schema }: JsonSchema, io: Direction): JsonSchema {
  if (isAnyText(schema.propertyNames)) delete schema.propertyNames;
  // An object of examples or properties may have a member named `id`; the keyword is a text.
  if (id !== undefined && (typeof id !== 'string' || schema.type === undefined)) schema = { id, ...schema };
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.format === 'date-time') delete schema.pattern;
  if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties;
  const { anyOf, ...rest } = schema;
  if (!Array.isArray(anyOf) || anyOf.length !== 2 || anyOf[1]?.type !== 'null' || typeof anyOf[0]?.type !== 'string') return schema;
  const { type, enum: values, ...of } = anyOf[0] as { type: string; enum?: unknown[] };
  return { type: [type, 'null'], ...(values && { enum: [...values, null] }), ...of, ...rest };
}

const isAnyText = (names: unknown) => JSON.stringify(names) === '{"type":"string"}';
