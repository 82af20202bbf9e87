export type { BaselineRun } from "./baseline-run.ts";
export { type Baseline, baselines } from "./baselines.ts";
export { ease } from "./counted.ts";
export { ials } from "./ials.ts";
export { AlternatingLeastSquares } from "./ials-fit.ts";
export { defaultIalsOptions, type IalsOptions } from "./ials-options.ts";
export { ITEM_KNN_DEFAULTS, itemKnn, type ItemKnnOptions } from "./item-knn.ts";
export { popular } from "./popular.ts";
