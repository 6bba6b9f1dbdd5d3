import * as z from 'zod';
import { Problem } from '../problem.ts';
import type { Resource } from './assembly.ts';
import { type Json, type References, resolve } from './intrinsics.ts';

/** How one resource type is read: what the laptop carries out, and what it may leave alone because nothing behaves otherwise for it. */
export interface Reading<T extends z.ZodObject> {
  readonly matters: T;
  readonly withoutEffect: readonly string[];
}

/**
 * The properties that matter, with their intrinsics resolved.
 * @throws Problem for a property that is neither understood nor known to be without effect here: it would silently behave otherwise in the cloud
 */
export function readProperties<T extends z.ZodObject>(
  logicalId: string,
  resource: Resource,
  reading: Reading<T>,
  references: References,
): z.output<T> {
  const matters = reading.matters.shape;
  const unknown = Object.keys(resource.Properties).filter((name) => !(name in matters) && !reading.withoutEffect.includes(name));
  if (unknown.length > 0) throw new Problem(`${logicalId} (${resource.Type}): the laptop does not understand ${unknown.join(', ')}`);
  const picked: Record<string, Json> = {};
  for (const [name, value] of Object.entries(resource.Properties)) {
    if (name in matters) picked[name] = value;
  }
  const result = reading.matters.safeParse(resolve(picked, references));
  if (result.success) return result.data;
  const mistakes = result.error.issues.map((issue) => `${z.core.toDotPath(issue.path)}: ${issue.message}`);
  throw new Problem(`${logicalId} (${resource.Type}): the laptop does not understand ${mistakes.join('; ')}`);
}
