import { z } from "zod";

/** What the dashboard's numbers are made of. */
export const DashboardConfig = z.strictObject({
  categoryFeature: z.string().min(1).optional().meta({
    title: "Category feature",
    description:
      "The item feature whose values are the dashboard's categories: a `string` or a `set` that is no free text. Without it: the one with the fewest values above 1.",
  }),
});
export type DashboardConfig = z.infer<typeof DashboardConfig>;
