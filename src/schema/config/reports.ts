import { z } from "zod";

/** The days of a schedule, as they stand in a configuration. */
export const REPORT_DAYS = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

/** What a server that runs the panel writes by itself. */
export const ReportsConfig = z.strictObject({
  weekly: z
    .strictObject({
      day: z
        .enum(["off", ...REPORT_DAYS])
        .default("monday")
        .meta({
          title: "Weekly report on",
          description:
            "Day from which on the report of the week before is written, or off. It is written once the data hold that week whole.",
        }),
      hour: z.int().min(0).max(23).default(6).meta({
        title: "Weekly report at",
        description: "Hour of that day, in UTC.",
      }),
    })
    .prefault({}),
});
export type ReportsConfig = z.infer<typeof ReportsConfig>;
