import { z } from "zod";

const Id = z.union([z.int(), z.string()]).describe("A number where every id of the data is one.");
const interaction_probability = z.number().min(0).max(1).describe("Calibrated; see the manifest.");

/** What `/recommend/item-to-user` lists: an item, with its attributes flattened in if asked for (Q79). */
export const ItemRecommendation = z.looseObject({ item_id: Id, interaction_probability });

/** What `/recommend/user-to-item` lists (Q90). */
export const UserRecommendation = z.looseObject({ user_id: Id, interaction_probability });

/** What `/recommend/popular` lists (Q96). */
export const PopularItem = z.looseObject({
  item_id: Id,
  count: z.int().nonnegative().describe("Interaction rows of the item."),
});

/** An answer: per id of `id_list`, in its order and always as text, a list, best first (Q78). */
export function listsById<Entry extends z.ZodType>(entry: Entry) {
  return z.record(z.string(), z.array(entry));
}

/** Every answer that is not a 2xx. */
export const ApiError = z.strictObject({
  error: z.strictObject({
    code: z.enum([
      "invalid_parameter",
      "invalid_request",
      "unauthorized",
      "not_found",
      "method_not_allowed",
      "nothing_served",
      "internal_error",
    ]),
    /** The parameter at fault, where one is. */
    parameter: z.string().optional(),
    message: z.string(),
  }),
});
export type ApiError = z.infer<typeof ApiError>;

/** `/health/ready` when it is. */
export const Ready = z.strictObject({
  status: z.literal("ready"),
  execution: z.string(),
  createdAt: z.string(),
  users: z.int(),
  items: z.int(),
  kMax: z.int(),
  probabilityOf: z.string(),
});
export type Ready = z.infer<typeof Ready>;
