import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context';
import { mockValue } from './mockValue';
import { MockObject } from './objects';
import { placeOf } from './place';
import { follow, type World } from './world';

/**
 * Resolves a field that has no resolver: by the property of its name, else by what a mutation has set, else
 * by a value that is made up.
 */
export async function mockField(
  world: World,
  source: unknown,
  args: Record<string, unknown>,
  context: Context,
  info: Pick<GraphQLResolveInfo, 'parentType' | 'fieldName'>,
): Promise<unknown> {
  const { fieldName } = info;
  if (hasProperty(source, fieldName)) return source[fieldName];
  if (isRefused(source)) return null;
  const place = placeOf(source, args, info, world.order);
  const { type, id } = place.parent;
  if (fieldName === 'id' && id !== null) return id;
  const changed =
    id === null
      ? undefined
      : await follow(world, world.objects.get(type, id, fieldName), context);
  return changed === undefined ? mockValue(world, place, context) : changed;
}

/** Tells whether the API itself knows the value. Its properties are those of the row or payload. */
const hasProperty = (
  source: unknown,
  name: string,
): source is Record<string, unknown> =>
  typeof source === 'object' &&
  source !== null &&
  !(source instanceof MockObject) &&
  name in source;

/** Tells whether it is the payload of a mutation that has changed nothing: its other fields are null. */
const isRefused = (source: unknown) =>
  hasProperty(source, 'errors') &&
  Array.isArray(source.errors) &&
  source.errors.length > 0;
