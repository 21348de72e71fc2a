/** Key of a draft: its form and its user. Both must match to load it again. */
export type DraftKey = {
  userId: string;
  /** The form, by the path of its page. */
  form: string;
};

const PREFIX = 'draft:';

const nameOf = ({ userId, form }: DraftKey) => `${PREFIX}${userId}:${form}`;

/**
 * Unsent form values, kept for this tab while the user is away from the form: on
 * another page, after a reload, or logging in again. Forms with a password keep no
 * drafts.
 */
export const drafts = {
  /** Returns the saved values; null if there are none. */
  load(key: DraftKey): Record<string, unknown> | null {
    const draft = attempt((): unknown =>
      JSON.parse(sessionStorage.getItem(nameOf(key)) ?? 'null'),
    );
    return typeof draft === 'object' && draft != null ? { ...draft } : null;
  },

  /** Saves the typed values. Returns whether the storage had space for them. */
  save(key: DraftKey, values: Record<string, unknown>): boolean {
    const isKept = attempt(() => {
      sessionStorage.setItem(nameOf(key), JSON.stringify(values));
      return true;
    });
    return isKept ?? false;
  },

  /** The form was sent, or its writer starts over. */
  drop(key: DraftKey): void {
    attempt(() => sessionStorage.removeItem(nameOf(key)));
  },

  /** Deletes the drafts of all other users; with null, all drafts. */
  keepOnly(userId: string | null): void {
    const own = userId == null ? null : nameOf({ userId, form: '' });
    attempt(() =>
      Object.keys(sessionStorage)
        .filter((name) => name.startsWith(PREFIX))
        .filter((name) => own == null || !name.startsWith(own))
        .forEach((name) => sessionStorage.removeItem(name)),
    );
  },
};

/** Some browsers have no storage, or a full one: a form works without drafts, too. */
function attempt<Result>(access: () => Result): Result | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
