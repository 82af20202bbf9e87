import { z } from "zod";

import { Day } from "../kpi-content.ts";

/** `GET /panel/api/reports`: the weekly reports that were written, the latest first. */
export const WeeklyReports = z.strictObject({
  reports: z.array(
    z.strictObject({
      /** The ISO week, `2026-W47`; the report itself is `GET /panel/api/reports/2026-W47`. */
      name: z.string(),
      from: Day,
      to: Day,
      bytes: z.int(),
    }),
  ),
  /** From when on each is written, in UTC; null where the schedule is off. */
  schedule: z.strictObject({ day: z.string(), hour: z.int() }).nullable(),
});
export type WeeklyReports = z.infer<typeof WeeklyReports>;
