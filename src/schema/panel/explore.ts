import { z } from "zod";

/** `GET /panel/api/explore/search?side=users|items&text=…`: by id or title. */
export const EntityHit = z.strictObject({
  id: z.string(),
  title: z.string().nullable(),
  interactions: z.int(),
});
export type EntityHit = z.infer<typeof EntityHit>;

const Attributes = z.record(z.string(), z.unknown());

/** An item beside a probability, and what speaks for it. */
export const ExplainedItem = z.strictObject({
  itemId: z.string(),
  attributes: Attributes,
  probability: z.number(),
  /** The history's items that are most like it by the model's vectors, the nearest first. */
  because: z.array(
    z.strictObject({ itemId: z.string(), title: z.string().nullable(), similarity: z.number() }),
  ),
  /** Feature values that it shares with the history, the most telling first. */
  matches: z.array(
    z.strictObject({ feature: z.string(), value: z.string(), historyItems: z.int() }),
  ),
});
export type ExplainedItem = z.infer<typeof ExplainedItem>;

/** `GET /panel/api/explore/users/:id`. */
export const UserPage = z.strictObject({
  userId: z.string(),
  attributes: Attributes,
  /** The latest first, at most 100. */
  history: z.array(
    z.strictObject({
      itemId: z.string(),
      title: z.string().nullable(),
      rating: z.number(),
      source: z.string().nullable(),
      timestamp: z.number().nullable(),
    }),
  ),
  interactions: z.int(),
  recommendations: z.array(ExplainedItem),
});
export type UserPage = z.infer<typeof UserPage>;

/** `GET /panel/api/explore/items/:id`. */
export const ItemPage = z.strictObject({
  itemId: z.string(),
  attributes: Attributes,
  interactions: z.int(),
  users: z.array(z.strictObject({ userId: z.string(), probability: z.number() })),
  neighbours: z.array(
    z.strictObject({ itemId: z.string(), title: z.string().nullable(), similarity: z.number() }),
  ),
  /** In how many users' novel top 10 it stands. */
  recommendedTo: z.int(),
});
export type ItemPage = z.infer<typeof ItemPage>;

/** `GET /panel/api/explore/why-not?user=…&item=…`. */
export const WhyNot = z.strictObject({
  userId: z.string(),
  itemId: z.string(),
  /** From 1 on, among the user's novel items (all items when it is seen); `null` beyond the stored list without a model. */
  rank: z.int().nullable(),
  of: z.int(),
  probability: z.number().nullable(),
  seen: z.boolean(),
  /** In words: "the user has already interacted with it", "it ranks 214th: …". */
  reason: z.string(),
  explained: ExplainedItem.nullable(),
});
export type WhyNot = z.infer<typeof WhyNot>;
