/** The neighborhoods of the bench's world: the same but for how much is shared in them. */
export const neighborhoods = {
  large: { id: '01900000-0000-7000-8000-000000000001', items: 100_000 },
  small: { id: '01900000-0000-7000-8000-000000000002', items: 1_000 },
} as const;

/** How many loans wait for the person to do something. */
export const openLoans = 50;
