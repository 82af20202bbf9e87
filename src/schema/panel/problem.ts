import { z } from "zod";

/** What every refused request of the panel's API answers, with a fitting status. */
export const PanelProblem = z.strictObject({
  error: z.strictObject({
    /** Such as `not_logged_in`, `forbidden`, `csrf`, `invalid`, `conflict`, `not_found`. */
    code: z.string(),
    message: z.string(),
    /** Where a form's fields are wrong: the setting's or the field's name, and what is wrong there. */
    fields: z.array(z.strictObject({ path: z.string(), problem: z.string() })).optional(),
  }),
});
export type PanelProblem = z.infer<typeof PanelProblem>;
