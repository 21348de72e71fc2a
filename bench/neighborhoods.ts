/** Neighborhoods of the bench data, which differ in the number of items. */
export const neighborhoods = {
  large: { id: '01900000-0000-7000-8000-000000000001', items: 100_000 },
  small: { id: '01900000-0000-7000-8000-000000000002', items: 1_000 },
} as const;

/** Loans that wait for an action of the user. */
export const openLoans = 50;
