import { describe, expect, it } from "vitest";

import type { KpiAnswer, KpiDescription } from "../../../src/schema/index.ts";
import {
  drawingOf,
  placeTick,
  placeWords,
} from "../../../src/panel/web/pages/dashboard/drawing.ts";
import { sourceColors } from "../../../src/panel/web/pages/dashboard/source-colors.ts";
import { headlineOf, sectionsOf } from "../../../src/panel/web/pages/dashboard/sections.ts";
import { addDays } from "../../../src/panel/web/format/day.ts";
import { answer, description, kpi } from "./dashboard-description.ts";

const days = (values: readonly (number | null)[]) =>
  values.map((value, at) => ({ day: addDays("2024-01-01", at), value }));
const drawn = (chart: KpiDescription["chart"], value: KpiAnswer) =>
  drawingOf({ chart, sourcesAre: null }, value, new Map());
const labels = (...names: string[]) => names.map((label, at) => ({ label, value: at + 1 }));

describe("Q8 a KPI's drawing", () => {
  it("stacks bars up to the highest sum, with some air above", () => {
    const drawing = drawn(
      "stacked bars",
      answer({
        series: [
          { name: "recsys", points: days([1, 5]) },
          { name: "search", points: days([3, 5]) },
        ],
      }),
    );
    expect(drawing).toMatchObject({
      kind: "stacked bars",
      isLying: false,
      places: ["2024-01-01", "2024-01-02"],
      lowest: 0,
      highest: 10.5,
      axisTitle: "Day (UTC)",
    });
  });

  it("draws more days than bars can show as areas, with a height at every place", () => {
    const points = days([...Array.from({ length: 59 }, () => 2), null]);
    const drawing = drawn("stacked bars", answer({ series: [{ name: "search", points }] }));
    expect(drawing?.kind).toBe("areas");
    expect(drawing?.series[0]?.data.at(-1)).toEqual({ x: "2024-02-29", y: 0 });
  });

  it("leaves out of a line what is not known, and keeps its place on the axis", () => {
    const drawing = drawn(
      "lines",
      answer({ series: [{ name: "recsys", points: days([1, null, 3]) }] }),
    );
    expect(drawing?.series[0]?.data.map(({ y }) => y)).toEqual([1, 3]);
    expect(drawing?.places).toHaveLength(3);
  });

  it("lays bars down where labels are long or many, and goes below zero for what fell", () => {
    const points = [...labels("a tent for four people"), { label: "lamp", value: -4 }];
    const drawing = drawn("bars", answer({ series: [{ name: "change", points }] }));
    expect(drawing).toMatchObject({ isLying: true, lowest: -4 });
    const short = drawn("bars", answer({ series: [{ name: "x", points: labels("a", "b") }] }));
    expect(short?.isLying).toBe(false);
  });

  it("Q20 one figure alone, as without timestamps, needs no drawing", () => {
    const series = [{ name: "search", points: labels("all days") }];
    expect(drawn("lines", answer({ series }))).toBeNull();
  });

  it("without any figure there is none", () => {
    const series = [{ name: "recsys", points: days([null, null]) }];
    expect(drawn("lines", answer({ series }))).toBeNull();
    expect(drawn("table", answer({ series: [] }))).toBeNull();
  });

  it("names places on the axis shortly, and in full on hover", () => {
    expect(placeTick("2024-02-29", ["2024-02-29", "2024-03-01"])).toBe("29 Feb");
    expect(placeTick("2024-02-26", ["2024-02-26", "2025-06-02"])).toBe("Feb 2024");
    expect(placeWords("2024-02-26", "week")).toBe("Week of 26 Feb 2024");
    expect(placeTick("recsys", ["recsys", "search"])).toBe("recsys");
  });
});

describe("the colour of a source", () => {
  it("is the same whatever its rank, in whatever figure", () => {
    const before = sourceColors(["recsys", "search", "homepage", "unattributed"]);
    const after = sourceColors(["recsys", "homepage", "unattributed", "search"]);
    expect(after).toEqual(before);
    const four = ["recsys", "search", "homepage", "unattributed"].map((name) => before.get(name));
    expect(new Set(four).size).toBe(4);
  });

  it("is the recommender's alone, though it comes last in a figure", () => {
    const colors = sourceColors(["recsys", "app"]);
    const series = ["app", "recsys"].map((name) => ({ name, points: days([1, 2]) }));
    const drawing = drawingOf({ chart: "lines", sourcesAre: "series" }, answer({ series }), colors);
    expect(drawing?.series.map(({ color }) => color)).toEqual([
      "var(--source-2)",
      "var(--source-1)",
    ]);
  });

  it("is that of its bar where the bars are sources, which then need no legend", () => {
    const series = [{ name: "hit rate", points: labels("search", "recsys") }];
    const drawing = drawingOf(
      { chart: "bars", sourcesAre: "labels" },
      answer({ series }),
      sourceColors(["recsys", "search"]),
    );
    expect(drawing).toMatchObject({ hasLegend: false, highest: 2 * 1.05 });
    expect(drawing?.series).toEqual([
      { title: "hit rate", color: "var(--source-2)", data: [{ x: "search", y: 1 }] },
      { title: "hit rate", color: "var(--source-1)", data: [{ x: "recsys", y: 2 }] },
    ]);
  });

  it("is not lent to what is of no source", () => {
    const series = ["reached by recommendations", "all active users"].map((name) => ({
      name,
      points: days([1, 2]),
    }));
    const colors = sourceColors(["recsys", "search"]);
    const drawing = drawingOf({ chart: "lines", sourcesAre: "series" }, answer({ series }), colors);
    const [through, all] = drawing!.series.map(({ color }) => color);
    expect(through).toBe(colors.get("recsys"));
    expect([...colors.values()]).not.toContain(all);
  });

  it("begins anew where there are more sources than colours, but is never the recommender's", () => {
    const many = Array.from({ length: 29 }, (_, at) => `source ${at}`);
    const colors = sourceColors(["recsys", ...many]);
    expect(many.map((name) => colors.get(name))).not.toContain(colors.get("recsys"));
  });
});

describe("the dashboard's sections", () => {
  const missing = [
    { what: "sources" as const, why: "there is no source" },
    { what: "impressions" as const, why: "there are no impressions" },
  ];

  it("A11 what the data cannot give is told with its reason, and no tile stands for it", () => {
    const [activity, ...others] = sectionsOf(
      description({
        missing,
        kpis: [
          kpi("interactions"),
          kpi("recsys-share", { needs: ["sources"] }),
          kpi("revenue", { needs: ["impressions"] }),
        ],
      }),
    );
    expect(activity).toMatchObject({ title: "Activity", absent: [] });
    expect(activity?.tiles.map(({ kpi: { id } }) => id)).toEqual(["interactions"]);
    expect(others.map(({ title, tiles, absent }) => [title, tiles.length, absent])).toEqual([
      ["Recommendations", 0, [{ ...missing[0], titles: ["title of recsys-share"] }]],
      ["Sales", 0, [{ ...missing[1], titles: ["title of revenue"] }]],
    ]);
  });

  it("a KPI that no section knows is shown all the same", () => {
    const sections = sectionsOf(description({ kpis: [kpi("brand-new")] }));
    expect(sections.map(({ title }) => title)).toEqual(["More"]);
  });

  it("two of three tiles share the row that the third leaves", () => {
    const [sales] = sectionsOf(description({ kpis: [kpi("conversion"), kpi("revenue")] }));
    expect(sales?.tiles.map(({ width }) => width)).toEqual(["half", "half"]);
  });

  it("one tile alone has the row", () => {
    const [sales] = sectionsOf(description({ kpis: [kpi("revenue")] }));
    expect(sales?.tiles.map(({ width }) => width)).toEqual(["full"]);
  });

  it("the headline has the first four figures that there are", () => {
    const ids = ["catalogue-coverage", "active-users", "revenue", "interactions", "recsys-share"];
    const kpis = ids.map((id) => kpi(id, { needs: id === "recsys-share" ? ["sources"] : [] }));
    expect(headlineOf(description({ kpis })).map(({ id }) => id)).toEqual([
      "interactions",
      "recsys-share",
      "active-users",
      "revenue",
    ]);
    expect(headlineOf(description({ kpis, missing })).map(({ id }) => id)).toEqual([
      "interactions",
      "active-users",
      "revenue",
      "catalogue-coverage",
    ]);
  });
});
