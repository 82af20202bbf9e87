import { z } from "zod";

/** The longest list that ad-hoc scoring makes. */
const MOST_RECOMMENDATIONS = 1000;
const MOST_CANDIDATES = 100_000;
const MOST_INTERACTIONS = 10_000;

/** An id as JSON has it; `10` and `"10"` are one. */
const Id = z.union([z.string(), z.number()]).transform(String);

/**
 * A question to ad-hoc scoring (docs/scoring.md): one line of a request to `/invocations`.
 *
 * Of whom is said by `user_id`, or by `history`: what somebody interacted with, in the order of time.
 */
export const ScoringQuestion = z
  .strictObject({
    user_id: Id.optional(),
    history: z
      .array(z.strictObject({ item_id: Id, rating: z.number().optional() }))
      .max(MOST_INTERACTIONS)
      .optional(),
    k: z.int().min(1).max(MOST_RECOMMENDATIONS).default(10),
    novel_only: z.boolean().default(false),
    candidates: z.array(Id).max(MOST_CANDIDATES).optional(),
  })
  .refine(({ user_id, history }) => user_id !== undefined || history !== undefined, {
    message: 'needs user_id, or history: [{"item_id": …}, …]',
  });
export type ScoringQuestion = z.infer<typeof ScoringQuestion>;

/** The answer to it: one line of the answer. Items or candidates that the data do not have stand in `unknown_items`. */
export interface ScoringAnswer {
  readonly user_id?: string | number;
  /** The model knows nothing of the user: what it says is what it says of anybody. */
  readonly cold?: true;
  readonly recommendations: readonly {
    readonly item_id: string | number;
    readonly interaction_probability: number;
  }[];
  readonly unknown_items?: readonly string[];
}
