import type { Dashboard } from "../kpi/index.ts";
import type { DashboardDescription, KpiAnswer, KpiDescription } from "../schema/index.ts";
import { addDays, daysBetween } from "../words/index.ts";
import { type ReportPeriod, ReportPeriodError } from "./period.ts";

/** A KPI and what it came to. */
export interface ReportFigure {
  readonly kpi: KpiDescription;
  readonly answer: KpiAnswer;
}

/** A week of the weeks up to that of the report. */
export interface TrendWeek {
  /** Its Monday. */
  readonly from: string;
  readonly interactions: number | null;
  /** Null where the data name no sources, too. */
  readonly recsysShare: number | null;
}

/** Answers for the days before. */
interface Before {
  readonly interactions: KpiAnswer;
  readonly share: KpiAnswer;
}

/** All that the dashboard says of the days of a report. */
export interface ReportFigures {
  readonly period: ReportPeriod;
  readonly description: DashboardDescription;
  /** By KPI, those included that the data cannot give. */
  readonly figures: ReadonlyMap<string, ReportFigure>;
  /** What is drawn beside the same of the days before; `undefined` where the data do not reach back. */
  readonly before: Before | undefined;
  /** The weeks up to the one of the report, the latest last; empty where the days are no week. */
  readonly trend: readonly TrendWeek[];
}

/** Weeks that a trend goes back. */
const TREND_WEEKS = 8;

/**
 * Asks the dashboard for everything that a report shows. Every figure is one of its answers.
 *
 * @throws ReportPeriodError if the data have nothing of these days
 */
export async function reportFigures(
  dashboard: Dashboard,
  period: ReportPeriod,
): Promise<ReportFigures> {
  for (let attempt = 1; ; attempt++) {
    const description = await dashboard.describe();
    requireDays(description, period);
    const asked = await ask(dashboard, description, period);
    // A collector that has ended meanwhile: figures of two states of the data do not belong on one page.
    const { execution, createdAt } = await dashboard.describe();
    const isOne = execution === description.execution && createdAt === description.createdAt;
    if (isOne || attempt === 5) return { period, description, ...asked };
  }
}

async function ask(
  dashboard: Dashboard,
  description: DashboardDescription,
  period: ReportPeriod,
): Promise<Omit<ReportFigures, "period" | "description">> {
  const { from, to } = period;
  const figures = new Map<string, ReportFigure>();
  for (const kpi of description.kpis) {
    const answer = await dashboard.answer(kpi.id, scopeOf(kpi.id, period));
    figures.set(kpi.id, { kpi, answer });
  }
  const range = figures.get("interactions")!.answer.previousRange!;
  const before =
    range.from < description.firstDay!
      ? undefined
      : {
          interactions: await dashboard.answer("interactions", range),
          share: await dashboard.answer("recsys-share", range),
        };
  const trend: TrendWeek[] = [];
  for (let ago = TREND_WEEKS - 1; ago >= 0 && period.isWeek; ago--) {
    const week = { from: addDays(from, -7 * ago), to: addDays(to, -7 * ago) };
    if (week.from < description.firstDay!) continue;
    trend.push({
      from: week.from,
      interactions: (await dashboard.answer("interactions", week)).value,
      recsysShare: (await dashboard.answer("recsys-share", week)).value,
    });
  }
  return { figures, before, trend };
}

/**
 * Who comes back in the next week is known a week later: a week's report tells it of the users of the week before,
 * who came back in it.
 */
function scopeOf(kpi: string, { from, to, isWeek }: ReportPeriod): { from: string; to: string } {
  const days = kpi === "retention" && isWeek ? -daysBetween(from, to) : 0;
  return { from: addDays(from, days), to: addDays(to, days) };
}

function requireDays(
  { firstDay, lastDay }: DashboardDescription,
  { from, to }: ReportPeriod,
): void {
  if (firstDay === null || lastDay === null) {
    throw new ReportPeriodError(
      "the interactions have no timestamps, so that nothing can be told of a week; add them to user_item_interactions.csv and execute the collector again",
    );
  }
  if (from > lastDay || to < firstDay) {
    throw new ReportPeriodError(
      `the data go from ${firstDay} to ${lastDay}, got ${from} to ${to}; choose days among them, or execute the collector with newer data`,
    );
  }
}
