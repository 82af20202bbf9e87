import { z } from "zod";

import { Day, Missing } from "./kpi-content.ts";

/** What a tile is asked about: days from and to, both included, of one source or all, one category or all. */
export const DashboardScope = z.strictObject({
  /** By default the first day of the data. */
  from: Day.optional(),
  /** By default the last day of the data. */
  to: Day.optional(),
  source: z.string().optional(),
  category: z.string().optional(),
});
export type DashboardScope = z.infer<typeof DashboardScope>;

export const CHARTS = ["number", "lines", "stacked bars", "bars", "table"] as const;
export const UNITS = [
  "interactions",
  "users",
  "items",
  "share",
  "days",
  "rating",
  "index",
  "interactions per user",
  "change",
  "value",
] as const;

/** What a KPI cannot do without. */
export const NEEDS = ["timestamps", "sources", "ratings", "impressions", "served"] as const;
export const FILTERS = ["source", "category"] as const;

/** What a tile shows beside its figures. */
export const KpiDescription = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** What it tells, and what it does not. */
  words: z.string(),
  formula: z.string(),
  /** The queries that compute it, over the rollups. */
  sql: z.string(),
  unit: z.enum(UNITS),
  /** What the figure counts, to be read right after it: "of all interactions". */
  reading: z.string(),
  /** What the points of the drawing are counted in: often the figure itself. */
  seriesUnit: z.enum(UNITS),
  /** Is more of it better, as a shop would judge it? Null where that cannot be said: a sale moves the interactions. */
  moreIsBetter: z.boolean().nullable(),
  chart: z.enum(CHARTS),
  /** What bears the names of sources: the series, the labels of the points, or neither. */
  sourcesAre: z.enum(["series", "labels"]).nullable(),
  /** The filters that it obeys; the range it always does. */
  filters: z.array(z.enum(FILTERS)),
  needs: z.array(z.enum(NEEDS)),
});
export type KpiDescription = z.infer<typeof KpiDescription>;

/** What there is to show. */
export const DashboardDescription = z.strictObject({
  /** The execution of the collector that the figures are of. */
  execution: z.string(),
  createdAt: z.iso.datetime(),
  /** Null without timestamps. */
  firstDay: Day.nullable(),
  lastDay: Day.nullable(),
  sources: z.array(z.string()),
  categoryFeature: z.string().nullable(),
  categories: z.array(z.string()),
  rows: z.strictObject({
    interactions: z.int(),
    users: z.int(),
    items: z.int(),
    impressions: z.int(),
  }),
  missing: z.array(Missing),
  kpis: z.array(KpiDescription),
});
export type DashboardDescription = z.infer<typeof DashboardDescription>;

/** A point of a series: of a span of days, by its first, or of something else, by its name. */
export const KpiPoint = z.union([
  z.strictObject({ day: Day, value: z.number().nullable() }),
  z.strictObject({ label: z.string(), value: z.number().nullable() }),
]);
export type KpiPoint = z.infer<typeof KpiPoint>;

export const KpiSeries = z.strictObject({ name: z.string(), points: z.array(KpiPoint) });
export type KpiSeries = z.infer<typeof KpiSeries>;

/** A cell of a table view; null where there is no figure. */
export const TableCell = z.union([z.string(), z.number(), z.null()]);

/** A KPI's figures for a scope. */
export const KpiAnswer = z.strictObject({
  id: z.string(),
  /** The days that were asked about, and the as many before them; null without timestamps. */
  range: z.strictObject({ from: Day, to: Day }).nullable(),
  previousRange: z.strictObject({ from: Day, to: Day }).nullable(),
  /** How many days a point stands for, where points stand for days: a day, a week from Monday, a month. */
  step: z.enum(["day", "week", "month"]),
  /** Null where there is nothing to compute it from. */
  value: z.number().nullable(),
  /** The same for the days before; null where the data does not reach back that far. */
  previous: z.number().nullable(),
  unit: z.enum(UNITS),
  series: z.array(KpiSeries),
  /** Rows of raw data that `value` is computed from. */
  rows: z.int().nonnegative(),
  table: z.strictObject({ columns: z.array(z.string()), rows: z.array(z.array(TableCell)) }),
  /** Why there are no figures. */
  unavailable: z.string().optional(),
});
export type KpiAnswer = z.infer<typeof KpiAnswer>;
