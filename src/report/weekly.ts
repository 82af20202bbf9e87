import type { DashboardOptions } from "../kpi/index.ts";
import { KpiContent, REPORT_DAYS, type ReportsConfig } from "../schema/index.ts";
import { type Bucket, readManifest, readPointer } from "../storage/index.ts";
import { addDays } from "../words/index.ts";
import { makeReport } from "./make-report.ts";
import { lastCompleteWeek, type ReportPeriod, weekPeriod } from "./period.ts";

/** When weekly reports are written. */
export type WeeklySchedule = ReportsConfig["weekly"];

const FOLDER = "reports/";

/** Where a week's report stands in the bucket. */
export function weeklyReportPath({ name }: Pick<ReportPeriod, "name">): string {
  return `${FOLDER}${name}.html`;
}

/** The weekly reports of a bucket, the latest first. */
export async function listWeeklyReports(
  bucket: Bucket,
): Promise<readonly (ReportPeriod & { readonly bytes: number })[]> {
  const objects = await bucket.list(FOLDER);
  return objects
    .flatMap(({ path, bytes }) => {
      const [, week] = /^reports\/(\d{4}-W\d{2})\.html$/.exec(path) ?? [];
      return week === undefined ? [] : [{ ...weekPeriod(week), bytes }];
    })
    .toReversed();
}

/**
 * The first moment of the schedule after a week's end, from which on its report is due; `undefined` where the schedule is
 * off.
 */
export function dueAt({ to }: ReportPeriod, { day, hour }: WeeklySchedule): Date | undefined {
  if (day === "off") return undefined;
  const date = addDays(to, 1 + REPORT_DAYS.indexOf(day));
  return new Date(Date.parse(date) + hour * 3_600_000);
}

/**
 * Writes the report of the last whole week of the data if it is due and nobody has written it. A server that was down
 * when it was due so catches up with it, not with the weeks before. However many servers do this, it is written once.
 *
 * @returns the week whose report was written, `undefined` if none was
 */
export async function writeDueReport(
  bucket: Bucket,
  schedule: WeeklySchedule,
  options: DashboardOptions & { readonly now: Date },
): Promise<ReportPeriod | undefined> {
  const week = await latestWeek(bucket);
  const due = week && dueAt(week, schedule);
  if (due === undefined || options.now < due) return undefined;
  const path = weeklyReportPath(week!);
  if ((await bucket.head(path)) !== undefined) return undefined;
  const { html } = await makeReport(bucket, () => week!, options);
  return (await bucket.swap(path, undefined, html)) ? week : undefined;
}

/** The last whole week of the data; told from the manifest alone, since a server asks again and again. */
async function latestWeek(bucket: Bucket): Promise<ReportPeriod | undefined> {
  const pointer = await readPointer(bucket, "kpi");
  if (pointer === undefined) return undefined;
  const { content, createdAt } = await readManifest(bucket, "kpi", pointer.execution);
  return lastCompleteWeek({ ...KpiContent.parse(content), createdAt });
}
