import type { ItemCategory, ItemStatus } from '../items/item.entity';
import type { Drawing } from './drawings';

/** An item of the seed. */
export type SeedItem = {
  owner: string;
  title: string;
  category: ItemCategory;
  drawing: Drawing;
  maxLoanDays: number;
  bufferDays: number;
  description: string;
  /** Number of drawn pictures. */
  pictures: number;
  status: ItemStatus;
};

/** Owner, title, drawing, maximum loan days, buffer days, description, and number of pictures (default one). */
type Row = readonly [string, string, Drawing, number, number, string, number?];

// One item per line.
// prettier-ignore
const BY_CATEGORY: Record<ItemCategory, readonly Row[]> = {
  TOOLS: [
    ['goran', 'Cordless drill', 'drill', 7, 0, 'Two batteries, a charger and a case of bits. The left battery is the better one.', 3],
    ['dilek', 'Tall ladder', 'ladder', 3, 0, 'Reaches the third floor. Please carry it with two people.', 2],
    ['goran', 'Japanese pull saw', 'saw', 7, 1, 'Cuts when you pull. Not for nails, and not for beginners in a hurry.'],
    ['ben', 'Toolbox with everything', 'toolbox', 14, 0, 'Wrenches from 6 to 24, pliers, a level. Count them before you bring it back.'],
    ['kofi', 'Sledgehammer', 'hammer', 5, 0, 'For the one wall in your life.'],
  ],
  GARDEN: [
    ['dilek', 'Hedge shears', 'shears', 7, 0, 'Sharpened every spring.'],
    ['dilek', 'Wheelbarrow', 'wheelbarrow', 5, 0, 'The tire holds, the handles are new.', 2],
    ['emil', 'Push mower', 'mower', 3, 1, 'Without a motor: quiet enough for Sunday mornings.'],
    ['lena', 'Watering can, 10 liters', 'wateringCan', 21, 0, 'With a fine rose, for seedlings.'],
    ['goran', 'Spade and fork', 'spade', 10, 0, 'Old, heavy, unbreakable.'],
  ],
  KITCHEN: [
    ['ana', 'Stand mixer', 'mixer', 4, 1, 'Kneads two kilos of dough. Comes with the hook and the whisk.', 2],
    ['chiara', 'Pot for thirty people', 'pot', 5, 0, 'Twenty liters. Fits on two flames.'],
    ['ana', 'Waffle iron', 'waffleIron', 4, 0, 'Hearts. Brush it with butter, not with oil.'],
    ['emil', 'Cake tins in six shapes', 'cakeTin', 7, 0, 'A star, a ring, a loaf, and three that nobody can name.', 2],
    ['chiara', 'Pasta machine', 'sewing', 7, 1, 'Never wash it: brush it clean.'],
  ],
  HOUSEHOLD: [
    ['farah', 'Carpet cleaner', 'vacuum', 2, 1, 'For when it was red wine. Empty the tank before you return it.', 2],
    ['lena', 'Sewing machine', 'sewing', 10, 0, 'Mechanical, from 1974, sews through jeans. I show you how to thread it.', 3],
    ['kofi', 'Steam iron', 'iron', 7, 0, 'With a small board.'],
    ['juno', 'Standing fan', 'fan', 14, 0, 'For the three hot weeks.'],
    ['farah', 'Folding bed for guests', 'bench', 10, 1, 'With a mattress and a sheet. Long enough for tall uncles.'],
  ],
  ELECTRONICS: [
    ['ivo', 'Projector', 'projector', 3, 0, 'Full HD, with a screen to pull up. Every cable there is lies in the bag.', 3],
    ['ivo', 'Party speaker', 'speaker', 2, 0, 'Loud. Please be kind to number 12 after ten.'],
    ['hana', 'Camera with two lenses', 'camera', 7, 1, 'A 35 and an 85. The charger is in the side pocket.', 2],
    ['juno', 'Game console, four pads', 'gamepad', 5, 0, 'With the racing game.'],
    ['ivo', 'Multimeter and soldering iron', 'toolbox', 7, 0, 'And solder for half a robot.'],
  ],
  SPORTS: [
    ['juno', 'Skis, 170 cm', 'skis', 10, 1, 'With poles. Bindings for sizes 39 to 44.', 2],
    ['kofi', 'Two tennis rackets', 'racket', 7, 0, 'And five balls, of which four bounce.'],
    ['hana', 'Inflatable kayak', 'kayak', 4, 2, 'For two. Dry it before you pack it, please.', 2],
    ['ben', 'Football and cones', 'ball', 5, 0, 'Half of the street has learned with it.'],
    ['juno', 'Wooden sled', 'sled', 5, 0, 'Rub the runners with a candle.'],
  ],
  TRAVEL: [
    ['hana', 'Tent for four', 'tent', 14, 2, 'Up in five minutes. Has seen the rain of three countries from inside, dry.', 3],
    ['hana', 'Trekking backpack, 60 liters', 'backpack', 21, 1, 'With a rain cover.'],
    ['farah', 'Large suitcase', 'suitcase', 21, 0, 'Rolls straight, which is rare.'],
    ['ben', 'Sleeping bag, to -5 °C', 'sleepingBag', 14, 2, 'Washed after every trip.'],
    ['dilek', 'Roof box', 'roofBox', 14, 0, '400 liters, with the key. Fits most racks.'],
  ],
  BIKES: [
    ['ben', 'City bicycle, size M', 'bicycle', 5, 0, 'Seven gears and a basket. Lights are on the hub.', 2],
    ['ben', 'Bicycle trailer', 'trailer', 4, 0, 'For crates or a sofa cushion. 40 kg at most.'],
    ['farah', 'Child helmet, adjustable', 'helmet', 14, 0, 'From four to nine years.'],
    ['ben', 'Floor pump', 'pump', 2, 0, 'For all valves. It lives in the courtyard.'],
    ['ana', 'Folding bicycle', 'bicycle', 7, 0, 'Fits under the seat of a train.'],
  ],
  KIDS: [
    ['farah', 'Stroller', 'stroller', 14, 0, 'Folds with one hand, as promised nowhere else.', 2],
    ['farah', 'Box of wooden blocks', 'blocks', 14, 0, 'Three hundred and two. The small one is a whale.'],
    ['emil', 'Wooden railway', 'train', 14, 0, 'Eleven meters of track, two bridges.'],
    ['chiara', 'High chair', 'chair', 30, 0, 'Grows with the child. Please wipe it.'],
    ['lena', 'Dollhouse', 'house', 21, 0, 'Three floors, electric light, no mice.'],
  ],
  LEISURE: [
    ['juno', 'Suitcase of board games', 'dice', 7, 0, 'Nine games for two to eight. Tell me which piece you lost.', 2],
    ['ivo', 'Acoustic guitar', 'guitar', 14, 0, 'New strings in spring. With a book of songs that everybody knows.'],
    ['goran', 'Telescope', 'telescope', 5, 1, 'Saturn on a clear night, from the roof.', 2],
    ['kofi', 'Djembe', 'drum', 7, 0, 'Warm it in the sun before you play.'],
    ['lena', 'Crime novels, a meter of them', 'book', 60, 0, 'Take the whole meter.'],
  ],
  PARTY: [
    ['farah', 'Fairy lights, 30 meters', 'lights', 7, 0, 'Warm white, for outside too.'],
    ['dilek', 'Party pavilion', 'pavilion', 4, 1, 'Three by six meters. Needs three people and good humor.', 2],
    ['chiara', 'Forty wine glasses', 'glass', 4, 0, 'In crates. Broken ones are fine, hidden ones are not.'],
    ['goran', 'Kettle grill', 'grill', 3, 1, 'With tongs. Please bring it back without the ash.', 2],
    ['lena', 'Costumes from the theater', 'dress', 7, 2, 'Two kings, one bear, any number of ghosts.'],
  ],
  OTHER: [
    ['kofi', 'Hand truck', 'trolley', 3, 0, 'Moved six kitchens without a scratch.'],
    ['goran', 'Beer benches, two sets', 'bench', 4, 0, 'Heavy, but you only carry them twice.'],
    ['emil', 'Twenty moving boxes', 'box', 21, 0, 'Folded. Still smell a little of bread.'],
    ['chiara', 'Buckets, mops, squeegees', 'bucket', 7, 0, 'For the great spring cleaning.'],
    ['lena', 'Box of hats', 'hat', 7, 0, 'From bowler to sombrero.'],
  ],
};

/** Items that lists do not show: a paused and a retired one. */
const ASIDE: readonly SeedItem[] = [
  {
    owner: 'ana',
    title: 'Bread machine',
    category: 'KITCHEN',
    drawing: 'pot',
    maxLoanDays: 7,
    bufferDays: 0,
    description: 'Until I find the paddle.',
    pictures: 1,
    status: 'PAUSED',
  },
  {
    owner: 'ivo',
    title: 'Small drone',
    category: 'ELECTRONICS',
    drawing: 'fan',
    maxLoanDays: 3,
    bufferDays: 0,
    description: 'Flies against the wind, mostly.',
    pictures: 1,
    status: 'RETIRED',
  },
];

/** Items of the large neighborhood. */
export const ITEMS: readonly SeedItem[] = [
  ...Object.entries(BY_CATEGORY).flatMap(([category, rows]) =>
    rows.map(
      ([
        owner,
        title,
        drawing,
        maxLoanDays,
        bufferDays,
        description,
        pictures = 1,
      ]) => ({
        owner,
        title,
        category: category as ItemCategory,
        drawing,
        maxLoanDays,
        bufferDays,
        description,
        pictures,
        status: 'ACTIVE' as const,
      }),
    ),
  ),
  ...ASIDE,
];

/** Items of the small neighborhood. */
export const HARBOR_ITEMS: readonly SeedItem[] = [
  {
    owner: 'nora',
    title: 'Rope, 50 meters',
    category: 'TOOLS',
    drawing: 'toolbox',
    maxLoanDays: 14,
    bufferDays: 0,
    description: 'And whoever borrows it learns the bowline.',
    pictures: 1,
    status: 'ACTIVE',
  },
  {
    owner: 'nora',
    title: 'Red canoe',
    category: 'SPORTS',
    drawing: 'kayak',
    maxLoanDays: 3,
    bufferDays: 1,
    description: 'Two paddles, two vests, one thermos.',
    pictures: 2,
    status: 'ACTIVE',
  },
  {
    owner: 'ben',
    title: 'Bicycle repair stand',
    category: 'BIKES',
    drawing: 'pump',
    maxLoanDays: 5,
    bufferDays: 0,
    description: 'Holds anything with two wheels.',
    pictures: 1,
    status: 'ACTIVE',
  },
];
