import { z } from "zod";

/** What the dashboard's numbers are made of. */
export const DashboardConfig = z.strictObject({
  /**
   * The item feature whose values are the dashboard's categories: a `string` or a `set` that is no free text. By
   * default the one with the fewest values above 1.
   */
  categoryFeature: z.string().min(1).optional(),
});
export type DashboardConfig = z.infer<typeof DashboardConfig>;
