/** A kind of thing the shop sells, with its department, usual price and season. */
export interface Category {
  readonly department: string;
  readonly name: string;
  readonly price: number;
  /** Week of the year, from 0, in which most is sold, and how far above the average that is. */
  readonly peakWeek: number;
  readonly seasonStrength: number;
}

/** What sets the items of a category apart, and what a user looks for in all of them. */
export interface Style {
  readonly name: string;
  readonly tags: readonly string[];
  readonly adjectives: readonly string[];
  readonly colours: readonly string[];
  readonly priceFactor: number;
  /** About how old the users are who like it. */
  readonly age: number;
}

const KINDS: Readonly<Record<string, readonly [string, number, number, number][]>> = {
  Outdoor: [
    ["tent", 180, 24, 0.35],
    ["backpack", 75, 26, 0.2],
    ["hiking boots", 110, 36, 0.2],
    ["sleeping bag", 90, 23, 0.3],
    ["camping stove", 45, 25, 0.35],
    ["headlamp", 30, 45, 0.2],
  ],
  Fashion: [
    ["winter coat", 140, 45, 0.45],
    ["t-shirt", 22, 25, 0.2],
    ["summer dress", 55, 22, 0.45],
    ["jeans", 65, 38, 0.1],
    ["scarf", 25, 47, 0.4],
    ["sneakers", 85, 15, 0.1],
  ],
  Electronics: [
    ["headphones", 95, 48, 0.2],
    ["smart speaker", 70, 49, 0.25],
    ["power bank", 35, 27, 0.15],
    ["e-book reader", 120, 27, 0.15],
    ["game controller", 55, 49, 0.25],
    ["webcam", 60, 38, 0.1],
  ],
  Home: [
    ["desk lamp", 40, 44, 0.2],
    ["cushion", 20, 40, 0.1],
    ["wool blanket", 60, 46, 0.4],
    ["wall clock", 35, 2, 0.05],
    ["bookshelf", 130, 35, 0.1],
    ["scented candle", 18, 48, 0.35],
  ],
  Kitchen: [
    ["frying pan", 45, 3, 0.05],
    ["coffee maker", 90, 48, 0.15],
    ["chef's knife", 70, 49, 0.15],
    ["baking tin", 15, 47, 0.35],
    ["water bottle", 20, 24, 0.25],
    ["grill", 160, 21, 0.45],
  ],
  Toys: [
    ["building blocks", 35, 48, 0.35],
    ["board game", 30, 49, 0.35],
    ["plush bear", 20, 48, 0.3],
    ["puzzle", 18, 50, 0.25],
    ["water pistol", 12, 25, 0.45],
    ["sledge", 40, 50, 0.45],
  ],
  Garden: [
    ["watering can", 25, 19, 0.4],
    ["seed box", 10, 13, 0.45],
    ["deck chair", 55, 22, 0.45],
    ["pruning shears", 30, 10, 0.3],
    ["bird feeder", 22, 47, 0.3],
    ["garden hose", 35, 22, 0.4],
  ],
  Sports: [
    ["yoga mat", 30, 1, 0.25],
    ["running shoes", 105, 14, 0.15],
    ["dumbbell", 40, 1, 0.3],
    ["swim goggles", 18, 23, 0.35],
    ["ski gloves", 45, 50, 0.45],
    ["cycling helmet", 65, 18, 0.3],
  ],
};

/** Departments take turns, so that a shop with few categories still has several departments. */
export const CATEGORIES: readonly Category[] = [0, 1, 2, 3, 4, 5].flatMap((place) =>
  Object.entries(KINDS).map(([department, kinds]) => {
    const [name, price, peakWeek, seasonStrength] = kinds[place]!;
    return { department, name, price, peakWeek, seasonStrength };
  }),
);

export const STYLES: readonly Style[] = [
  {
    name: "thrifty",
    tags: ["value", "basics"],
    adjectives: ["Basic", "Everyday", "Simple"],
    colours: ["grey", "white", "navy"],
    priceFactor: 0.5,
    age: 27,
  },
  {
    name: "classic",
    tags: ["timeless", "heritage"],
    adjectives: ["Classic", "Original", "Heritage"],
    colours: ["brown", "beige", "navy"],
    priceFactor: 1.1,
    age: 55,
  },
  {
    name: "sporty",
    tags: ["performance", "lightweight"],
    adjectives: ["Active", "Sprint", "Light"],
    colours: ["neon yellow", "black", "red"],
    priceFactor: 1.0,
    age: 31,
  },
  {
    name: "green",
    tags: ["recycled", "organic"],
    adjectives: ["Eco", "Natural", "Organic"],
    colours: ["moss green", "sand", "sky blue"],
    priceFactor: 1.3,
    age: 36,
  },
  {
    name: "luxury",
    tags: ["handmade", "limited edition"],
    adjectives: ["Prestige", "Signature", "Grand"],
    colours: ["gold", "black", "burgundy"],
    priceFactor: 2.4,
    age: 48,
  },
  {
    name: "playful",
    tags: ["colourful", "funny"],
    adjectives: ["Happy", "Funky", "Jolly"],
    colours: ["pink", "turquoise", "orange"],
    priceFactor: 0.8,
    age: 23,
  },
];

/** Per department one (invented) brand for each style, in the order of {@link STYLES}. */
export const BRANDS: Readonly<Record<string, readonly string[]>> = {
  Outdoor: ["Kestrun", "Fjellholm", "Altora", "Mosslane", "Crestmont & Hale", "Wanderpip"],
  Fashion: ["Plainwell", "Marlow & Finch", "Rushline", "Loomleaf", "Maison Verelle", "Polkadoo"],
  Electronics: ["Voltique", "Bellweather", "Pulsegear", "Greencell", "Nocturna", "Blinkaroo"],
  Home: ["Basiqo", "Hearthmoor", "Liftwell", "Terrawood", "Castellane", "Bibble"],
  Kitchen: ["Pantello", "Oldbrook", "Quickfire", "Bamboozt", "Forge & Flame", "Spatulina"],
  Toys: ["Kidkit", "Woodrow's Workshop", "Kickaround", "Sproutling", "Heirloom Bear", "Gigglebox"],
  Garden: ["Sow & Co", "Old Potting Shed", "Rakewell", "Wormwise", "Orangerie No. 5", "Gnomely"],
  Sports: ["Fitfair", "Pacemark", "Dynaro", "Grenfit", "Aurelion", "Zingle"],
};
