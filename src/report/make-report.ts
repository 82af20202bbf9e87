import { type Dashboard, type DashboardOptions, openDashboard } from "../kpi/index.ts";
import type { DashboardDescription } from "../schema/index.ts";
import type { Bucket } from "../storage/index.ts";
import { reportFigures } from "./figures.ts";
import { reportPage } from "./page.ts";
import { type ReportPeriod } from "./period.ts";
import { headline, sentences } from "./sentences.ts";
import { readServedModel } from "./served-model.ts";

/** A report that was made. */
export interface Report {
  readonly period: ReportPeriod;
  /** What it says first, in plain sentences. */
  readonly sentences: readonly string[];
  readonly html: string;
}

/**
 * Makes the report of some days of a bucket's data.
 *
 * @param bucket - the data and what is served
 * @param period - of which days, once it is known what there are
 * @param options - of the dashboard that is asked, and the time
 * @throws NoFiguresError before the collector has run
 * @throws ReportPeriodError if the data have nothing of these days
 */
export async function makeReport(
  bucket: Bucket,
  period: (description: DashboardDescription) => ReportPeriod,
  options: DashboardOptions & { readonly now: Date },
): Promise<Report> {
  const dashboard = await openDashboard(bucket, options);
  try {
    return await reportOf(bucket, dashboard, period(await dashboard.describe()), options.now);
  } finally {
    await dashboard.close();
  }
}

/** The report of some days by an open dashboard's answers. */
export async function reportOf(
  bucket: Bucket,
  dashboard: Dashboard,
  period: ReportPeriod,
  now: Date,
): Promise<Report> {
  const figures = await reportFigures(dashboard, period);
  const html = reportPage(figures, await readServedModel(bucket), now);
  return { period, sentences: [headline(figures), ...sentences(figures)], html };
}
