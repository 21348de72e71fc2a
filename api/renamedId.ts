import { UserErrors } from './errors';
import { text, untranslated } from './language/text';

/** Input whose id has a new name, beside the deprecated `id`. */
type RenamedInput<Name extends string> = { id?: string | null } & Partial<
  Record<Name, string | null>
>;

/**
 * Refuses an input that has a value under its deprecated name beside that under its new one.
 * @throws UserErrors INVALID
 */
export function assertNewNameAlone(
  oldName: string,
  old: unknown,
  name: string,
  current: unknown,
): void {
  if (old != null && current != null) throw replaced(oldName, name);
}

const replaced = (oldName: string, name: string): UserErrors =>
  new UserErrors({
    code: 'INVALID',
    message: untranslated(
      `Leave out "${oldName}", which was replaced by "${name}"`,
    ),
    field: [name],
  });

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
  if (current !== null && old !== null && current !== old)
    throw replaced('id', name);
  if (id === null)
    throw new UserErrors({
      code: 'INVALID',
      message: text('validation.fillIn'),
      field: [name],
    });
  return id;
}
