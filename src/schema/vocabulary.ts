import { z } from "zod";

/** A value of a feature that became a token of the model; its number is its place in the list. */
export const VocabularyToken = z.strictObject({
  /** Name of the feature's column. */
  feature: z.string(),
  /** As it stands in the file; of a number the bin that it lies in: `< 10`, `[10, 20)`, `>= 20`, or `any`. */
  value: z.string(),
  /** Items (or users) that carry it. */
  count: z.int().nonnegative(),
});
export type VocabularyToken = z.infer<typeof VocabularyToken>;

/** `vocabulary.json` of processed_data. */
export const Vocabulary = z.strictObject({
  items: z.array(VocabularyToken),
  users: z.array(VocabularyToken),
});
export type Vocabulary = z.infer<typeof Vocabulary>;
