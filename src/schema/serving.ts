import { z } from "zod";

/**
 * `content` of the manifest in `batch_transform_inference_output/<execution>/`, the folder that the
 * responder serves. It needs no other folder.
 *
 * Beside it (U users, I items; indices as in processed_data; formats in `src/storage/recommendations`):
 *
 * - `users.index`: U + 1 rows of the lists {@link USER_LISTS}; row 0 is the cold user, user u is row u + 1.
 * - `items.index`: I rows of the lists {@link ITEM_LISTS}; item i is row i.
 * - `popular.safetensors`: every item in popularity order with its count (A16).
 * - `seen.safetensors`: per user the sorted distinct items of all the user's interactions (A17).
 * - `users.safetensors`, `items.safetensors`: ids and rendered attributes.
 * - `items2users`, `items2users_novel`, `users2items`, `users2items_novel`, `popular_items`, each as
 *   `.csv` and `.jsonl` (A31).
 */
export const ServingContent = z.strictObject({
  users: z.int().nonnegative(),
  items: z.int().nonnegative(),
  /** Length of the stored lists; the largest `k` that can be asked for. */
  kMax: z.int().min(1).max(1000),
  /** Are ids written as JSON numbers or as strings? (A4) */
  userIds: z.enum(["number", "string"]),
  itemIds: z.enum(["number", "string"]),
  /** The event that `interaction_probability` is the calibrated probability of, in words. */
  probabilityOf: z.string(),
  /** How the list of a user whom the model does not know was made, in words (A14). */
  coldUser: z.string(),
});
export type ServingContent = z.infer<typeof ServingContent>;

/** Lists of a row of `users.index`, in their order, ranked by probability. */
export const USER_LISTS = { all: 0, novel: 1 } as const;

/** Lists of a row of `items.index`, in their order; all hold probabilities, the last two are ranked by lift. */
export const ITEM_LISTS = { all: 0, novel: 1, liftAll: 2, liftNovel: 3 } as const;
