export { type Dataset, type Numbers, type Part, readDataset, type Tokens } from "./dataset.ts";
export { type HeldOut, heldOut, TEST_FILE_SPLIT } from "./held-out.ts";
export { type Histories, histories, isPositive } from "./histories.ts";
export { popularity } from "./popularity.ts";
export type { Scorer } from "./scorer.ts";
