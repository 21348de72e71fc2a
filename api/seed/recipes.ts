/** A recipe of the seed. */
export type SeedRecipe = {
  author: string;
  title: string;
  minutesToComplete: number;
  tools: string;
  instructions: string;
};

/** Recipes of the seed, the oldest first. */
export const RECIPES: readonly SeedRecipe[] = [
  {
    author: 'ana',
    title: 'Sunday lemon cake',
    minutesToComplete: 65,
    tools: 'A loaf tin\nA whisk\nA lemon grater',
    instructions:
      '3 eggs\n200 g sugar\n150 g soft butter\n2 lemons\n250 g flour\n2 teaspoons baking powder\n\nBeat eggs and sugar until pale. Add the butter, the zest of both lemons and the juice of one. Fold in flour and baking powder.\n\nBake at 170 °C for 45 minutes. Mix the other juice with sugar and pour it over the warm cake.',
  },
  {
    author: 'ben',
    title: 'Jollof rice, the way my aunt shouts it',
    minutesToComplete: 70,
    tools: 'A blender\nA heavy pot with a lid\nFoil',
    instructions:
      'Blend 4 tomatoes, 2 red peppers, 1 onion and 1 chili.\n\nFry tomato paste in oil until it darkens. Add the blend and reduce by half. Stir in curry, thyme, a stock cube and 400 g of rinsed rice, with just enough water.\n\nCover with foil and a lid on the lowest heat for 30 minutes. Do not stir. Do not even look.',
  },
  {
    author: 'chiara',
    title: 'Focaccia for the whole staircase',
    minutesToComplete: 240,
    tools: 'A deep tray\nA large bowl',
    instructions:
      '500 g flour\n400 ml lukewarm water\n10 g salt\n3 g dry yeast\nOlive oil, more than you think\n\nMix, rest for half an hour, fold. Fold twice more, an hour apart. Into an oiled tray, rest again.\n\nPress your fingers down to the bottom, salt and oil on top, 230 °C for 20 minutes.',
  },
  {
    author: 'dilek',
    title: 'Red lentil soup',
    minutesToComplete: 35,
    tools: 'A hand blender',
    instructions:
      'Fry an onion and a spoon of tomato paste in butter. Add 250 g red lentils, a potato in cubes and 1.5 l of stock.\n\nSimmer for 20 minutes and blend. Melt butter with dried mint and red pepper and let it hiss over the soup. Lemon.',
  },
  {
    author: 'emil',
    title: 'Rye bread that keeps a week',
    minutesToComplete: 1560,
    tools: 'Two loaf tins\nA kitchen scale',
    instructions:
      'Evening: 200 g sourdough, 500 g cracked rye, 200 g sunflower seeds, 15 g salt, 700 ml water. Stir, cover, leave it.\n\nMorning: stir in 300 g rye flour and a spoon of syrup. Into a tin, four hours.\n\n180 °C for 80 minutes. Do not cut it before tomorrow.',
  },
  {
    author: 'ana',
    title: 'Black beans for a crowd',
    minutesToComplete: 150,
    tools: 'A pot for ten liters',
    instructions:
      'Soak 500 g black beans overnight.\n\nFry two onions, four cloves of garlic and a bay leaf in oil. Add the beans and water to cover them by three fingers. Simmer for two hours, salt at the end.\n\nMash a ladleful and stir it back in.',
  },
  {
    author: 'ben',
    title: 'Toast with an egg in it',
    minutesToComplete: 8,
    tools: 'A pan\nA glass, to cut the hole',
    instructions:
      'Cut a hole into a slice of bread. Butter both sides, into the pan, an egg into the hole.\n\nTurn once. Salt, pepper, done.',
  },
  {
    author: 'chiara',
    title: 'Pasta with what is left',
    minutesToComplete: 20,
    tools: 'A large pan',
    instructions:
      'Garlic in oil, slowly. Whatever vegetable is still good, in small pieces. Pasta a minute short of done, a cup of its water, all of it together over high heat.\n\nCheese, if there is some.',
  },
  {
    author: 'dilek',
    title: 'Stuffed vine leaves from the courtyard',
    minutesToComplete: 120,
    tools: 'A wide pot\nA plate that fits into it',
    instructions:
      'Pick about 60 young leaves and blanch them.\n\nMix rice with onions, currants, pine nuts, mint and allspice. Roll a teaspoon of it into each leaf, the smooth side outward.\n\nPack them tightly, a plate on top, water and lemon juice, 45 minutes on low heat. They are better the next day.',
  },
  {
    author: 'emil',
    title: 'Cinnamon buns',
    minutesToComplete: 150,
    tools: 'A rolling pin\nA baking tray',
    instructions:
      'A soft dough of 500 g flour, 250 ml warm milk, 75 g butter, 75 g sugar, an egg, yeast and cardamom. An hour of rest.\n\nRoll it out, spread butter, sugar and cinnamon, roll it up, cut, half an hour more.\n\n220 °C for 10 minutes. Hide two.',
  },
  {
    author: 'hana',
    title: 'Miso soup at midnight',
    minutesToComplete: 12,
    tools: 'A small pot\nA fine sieve',
    instructions:
      '600 ml dashi\n3 spoons miso\nTofu, seaweed, a spring onion\n\nHeat the dashi, but never boil it. Press the miso through a sieve into it. Tofu and seaweed in, two minutes.\n\nSpring onion on top. Drink it standing, at the window.',
  },
  {
    author: 'kofi',
    title: 'Groundnut stew',
    minutesToComplete: 75,
    tools: 'A heavy pot\nA wooden spoon',
    instructions:
      '1 chicken in pieces, or a cauliflower\n200 g peanut butter\n4 tomatoes, 2 onions, ginger, a chili\n\nFry onions and ginger, add the tomatoes, let them fall apart. Stir the peanut butter into a liter of hot water and pour it over.\n\nAn hour on a low flame, until the oil comes up. With rice.',
  },
];
