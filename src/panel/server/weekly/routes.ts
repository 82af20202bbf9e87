import { z } from "zod";

import { listWeeklyReports, weeklyReportPath } from "../../../report/index.ts";
import type { WeeklyReports } from "../../../schema/index.ts";
import { type AddRoutes, PanelError } from "../context.ts";

const Named = z.object({ week: z.string().regex(/^\d{4}-W\d{2}$/) });

/** Adds the weekly reports: which there are, and each as it was written. */
export const addReportRoutes: AddRoutes = (app, { bucket, base }) => {
  const { day, hour } = base.config.reports.weekly;

  app.get(
    "/panel/api/reports",
    { config: { access: "dashboard" } },
    async (): Promise<WeeklyReports> => ({
      reports: (await listWeeklyReports(bucket)).map(({ name, from, to, bytes }) => ({
        name,
        from,
        to,
        bytes,
      })),
      schedule: day === "off" ? null : { day, hour },
    }),
  );

  app.get<{ Querystring: { download?: string } }>(
    "/panel/api/reports/:week",
    { config: { access: "dashboard", framed: true } },
    async (request, reply) => {
      const named = Named.safeParse(request.params);
      const path = named.success ? weeklyReportPath({ name: named.data.week }) : undefined;
      const head = path === undefined ? undefined : await bucket.head(path);
      if (path === undefined || head === undefined) {
        throw new PanelError(404, "not_found", "there is no report of this week");
      }
      if (request.query.download !== undefined) {
        const file = `recsys-report-${named.data!.week}.html`;
        void reply.header("content-disposition", `attachment; filename="${file}"`);
      }
      return reply
        .header("content-type", "text/html; charset=utf-8")
        .header("content-length", head.bytes)
        .send(await bucket.stream(path));
    },
  );
};
