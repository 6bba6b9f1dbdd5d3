import * as z from 'zod';
import type { Schema } from '#http/validation.ts';

/** The fields of an object schema, by name; none where nothing is taken. */
export function shapeOf(schema: Schema | undefined): Readonly<Record<string, z.core.$ZodType>> {
  if (schema === undefined) return {};
  if (schema instanceof z.core.$ZodObject) return schema._zod.def.shape;
  throw new Error('path and query parameters must be an object schema');
}
