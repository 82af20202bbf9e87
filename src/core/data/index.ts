export { type Dataset, type Numbers, type Part, readDataset, type Tokens } from "./dataset.ts";
export {
  type GivenInteraction,
  givenHistories,
  type RatingScale,
  ratingScale,
} from "./given-histories.ts";
export { everyRowIsRelevant, type HeldOut, heldOut, heldOutOf } from "./held-out.ts";
export { judgedUsers } from "./judged-users.ts";
export { activityOf, type Histories, histories, isPositive, usersOf } from "./histories.ts";
export { partsBefore } from "./parts.ts";
export { popularity } from "./popularity.ts";
export type { Scorer } from "./scorer.ts";
export { type Tercile, tercileOf, TERCILES, type Terciles, terciles } from "./terciles.ts";
