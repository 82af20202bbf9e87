export { SOURCES } from "./choice.ts";
export { type Interactions, interactionsOf } from "./interactions.ts";
export { SHOP_DEFAULTS, type ShopOptions } from "./options.ts";
export { generateShop, type Shop } from "./shop.ts";
export { PROBABILITIES_FILE } from "./true-probabilities-file.ts";
export { trueProbabilities } from "./truth.ts";
export { type SampleOptions, writeSampleShop } from "./write-sample-shop.ts";
