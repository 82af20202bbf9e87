import { join } from "node:path";

import { type Dashboard, NoFiguresError, openDashboard, ScopeError } from "../../../kpi/index.ts";
import { type AddRoutes, PanelError } from "../context.ts";

/** Adds the dashboard's figures: what there is, and each KPI for a range and filters (Q139–Q141). */
export const addDashboardRoutes: AddRoutes = (app, { bucket, scratchFolder }) => {
  // Opened with the first question: a panel that nobody asks for figures holds no database.
  let opened: Promise<Dashboard> | undefined;
  const dashboard = (): Promise<Dashboard> =>
    (opened ??= openDashboard(bucket, { scratchFolder: join(scratchFolder, "dashboard") }));
  app.addHook("onClose", async () => (await opened)?.close());

  const access = { config: { access: "dashboard" } } as const;
  app.get("/panel/api/dashboard", access, () =>
    answered(async () => (await dashboard()).describe()),
  );
  app.get<{ Params: { kpi: string } }>("/panel/api/dashboard/:kpi", access, ({ params, query }) =>
    answered(async () => (await dashboard()).answer(params.kpi, query)),
  );
};

/** What the dashboard refuses, as the panel's API says it. */
async function answered<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NoFiguresError) throw new PanelError(404, "no_figures", error.message);
    if (error instanceof ScopeError) throw new PanelError(400, "invalid", error.message);
    throw error;
  }
}
