export { ITEM_KNN_DEFAULTS, itemKnn, type ItemKnnOptions } from "./item-knn.ts";
export { popular } from "./popular.ts";
