/** Where a draft lives, and whose it is. Both must match for it to be seen again. */
export type DraftKey = {
  userId: string;
  /** The form, by the path of its page. */
  form: string;
};

const PREFIX = 'draft:';

const nameOf = ({ userId, form }: DraftKey) => `${PREFIX}${userId}:${form}`;

/**
 * What somebody has half written, kept for this tab while they are away from the
 * form: on another page, after a reload, or logging in again. Forms that hold a
 * password keep no drafts.
 */
export const drafts = {
  /** What was typed; null if there is nothing. */
  load(key: DraftKey): Record<string, unknown> | null {
    const draft = attempt((): unknown =>
      JSON.parse(sessionStorage.getItem(nameOf(key)) ?? 'null'),
    );
    return typeof draft === 'object' && draft != null ? { ...draft } : null;
  },

  /** Keeps what has been typed so far. Returns whether there was room for it. */
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

  /** Throws away every draft that is not this person's; with null, all of them. */
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
