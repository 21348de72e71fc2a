import { UserErrors } from './errors';

/** Input whose id has a new name, beside the deprecated `id`. */
type RenamedInput<Name extends string> = { id?: string | null } & Partial<
  Record<Name, string | null>
>;

/**
 * Returns the id of an input by its new name, or else by the deprecated `id`.
 * @throws UserErrors INVALID where there is none, or two different ones
 */
export function renamedId<Name extends string>(
  input: RenamedInput<Name>,
  name: Name,
): string {
  const { id: old = null, [name]: current = null } = input;
  const id = current ?? old;
  const isAmbiguous = current !== null && old !== null && current !== old;
  if (id === null || isAmbiguous)
    throw new UserErrors({
      code: 'INVALID',
      message: isAmbiguous
        ? `Leave out "id", which was replaced by "${name}"`
        : 'Please fill this in',
      field: [name],
    });
  return id;
}
