import type { JoinPolicy } from '../neighborhoods/neighborhood.entity';

/** A user of the seed. */
export type SeedPerson = {
  username: string;
  name: string;
  about: string;
  address: string;
  phone: string;
};

/** Users of the seed, in the order of sign-up. */
export const PEOPLE: readonly SeedPerson[] = [
  [
    'ana',
    'Ana Lima',
    'Second floor, the balcony with the lemons. I bake on Sundays and always too much.',
    '12, second floor left',
  ],
  [
    'ben',
    'Ben Okafor',
    'Moved in last year. I repair bicycles in the courtyard and cook when it rains.',
    '12, courtyard',
  ],
  [
    'chiara',
    'Chiara Conti',
    'Ground floor. Knock if you need yeast.',
    '14, ground floor right',
  ],
  [
    'dilek',
    'Dilek Aydın',
    'Teacher, gardener, owner of the tall ladder.',
    '9, the green door',
  ],
  [
    'emil',
    'Emil Sørensen',
    'Baker by trade: asleep in the afternoon, please ring softly.',
    '3, above the bakery',
  ],
  [
    'farah',
    'Farah Haddad',
    'Three children, one attic, and nearly everything that one needs for a birthday.',
    '21, third floor',
  ],
  [
    'goran',
    'Goran Petrović',
    'Retired carpenter. The workshop is open on Thursdays, the coffee always.',
    '7, behind the gate',
  ],
  [
    'hana',
    'Hana Sato',
    'On the road half of the year, so my tent needs somebody who takes it out.',
    '16, attic',
  ],
  [
    'ivo',
    'Ivo Novák',
    'Sound engineer. If it has a plug, I have an adapter for it.',
    '18, first floor left',
  ],
  [
    'juno',
    'Juno Martínez',
    'Board games on Wednesdays, skis in winter, a dog called Pixel all year round.',
    '5, second floor right',
  ],
  [
    'kofi',
    'Kofi Mensah',
    'Nurse on nights. Bring it back in the evening and there may be stew.',
    '10, third floor left',
  ],
  [
    'lena',
    'Lena Vogel',
    'I sew costumes for the theater, and hems for neighbors.',
    '1, the corner shop',
  ],
  [
    'milo',
    'Milo Jansen',
    'New at number 23. I have a pizza stone and time.',
    '23, first floor',
  ],
  ['nora', 'Nora Lindqvist', 'I live on the boat with the red chimney.', ''],
].map(([username = '', name = '', about = '', house = ''], index) => ({
  username,
  name,
  about,
  address: house && `Sparrow Lane ${house}`,
  phone: `+49 30 5550 ${String(110 + index * 7)}`,
}));

/** A neighborhood of the seed with the usernames of its members. */
export type SeedNeighborhood = {
  name: string;
  about: string;
  timeZone: string;
  joinPolicy: JoinPolicy;
  stewards: readonly string[];
  members: readonly string[];
  pending: readonly string[];
};

/** Neighborhoods of the seed, the large one first. */
export const NEIGHBORHOODS: readonly SeedNeighborhood[] = [
  {
    name: 'Sparrow Lane',
    about:
      'From the bakery to the park, and the courtyards between. We lend each other what stands in cellars, and eat together on the first Sunday of the month.\n\nNew here? Ask to join, and somebody will come down with a key to the courtyard.',
    timeZone: 'Europe/Berlin',
    joinPolicy: 'APPROVAL',
    stewards: ['ana', 'goran'],
    members: [
      'ben',
      'chiara',
      'dilek',
      'emil',
      'farah',
      'hana',
      'ivo',
      'juno',
      'kofi',
      'lena',
    ],
    pending: ['milo'],
  },
  {
    name: 'Harbor Steps',
    about:
      'The boats and the houses behind them. Everybody is welcome who can tie a knot, or wants to learn it.',
    timeZone: 'Europe/Lisbon',
    joinPolicy: 'OPEN',
    stewards: ['nora'],
    members: ['ben'],
    pending: [],
  },
];
