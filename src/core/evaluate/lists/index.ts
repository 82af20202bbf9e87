export { coverage } from "./coverage.ts";
export { diversityAtK } from "./diversity.ts";
export { exposureAtK } from "./exposure.ts";
export { gini } from "./gini.ts";
export { noveltyAtK } from "./novelty.ts";
