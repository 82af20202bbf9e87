import type { DashboardDescription, KpiAnswer, KpiDescription } from "../../../src/schema/index.ts";

/** A KPI of which only what is given matters. */
export function kpi(id: string, parts: Partial<KpiDescription> = {}): KpiDescription {
  return {
    id,
    title: `title of ${id}`,
    words: "",
    formula: "",
    sql: "",
    unit: "interactions",
    reading: "interactions",
    seriesUnit: "interactions",
    moreIsBetter: null,
    sourcesAre: null,
    chart: "lines",
    filters: ["source", "category"],
    needs: [],
    ...parts,
  };
}

/** Data of the year 2024, with two sources and two categories. */
export function description(parts: Partial<DashboardDescription> = {}): DashboardDescription {
  return {
    execution: "collector-1",
    createdAt: "2025-01-01T00:00:00Z",
    firstDay: "2024-01-01",
    lastDay: "2024-12-31",
    sources: ["recsys", "search"],
    categoryFeature: "department",
    categories: ["Toys", "Garden"],
    rows: { interactions: 10, users: 3, items: 4, impressions: 0 },
    missing: [],
    kpis: [],
    ...parts,
  };
}

/** An answer of which only what is given matters. */
export function answer(parts: Partial<KpiAnswer> = {}): KpiAnswer {
  return {
    id: "interactions",
    range: { from: "2024-12-02", to: "2024-12-31" },
    previousRange: { from: "2024-11-02", to: "2024-12-01" },
    step: "day",
    value: 10,
    previous: 8,
    unit: "interactions",
    series: [],
    rows: 10,
    table: { columns: [], rows: [] },
    ...parts,
  };
}
