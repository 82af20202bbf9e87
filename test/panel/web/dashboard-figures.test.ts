import { describe, expect, it } from "vitest";

import { csvName, dashboardCsv, tileCsv } from "../../../src/panel/web/pages/dashboard/csv.ts";
import { axisWords, changeOf, figureWords } from "../../../src/words/index.ts";
import { cellWords, columnWords } from "../../../src/panel/web/pages/dashboard/table-words.ts";
import { answer, kpi } from "./dashboard-description.ts";

describe("figures in words", () => {
  it("Q141 every unit is written as one reads it", () => {
    expect([
      figureWords("interactions", 338_214),
      figureWords("share", 0.392),
      figureWords("change", -0.061),
      figureWords("days", 1),
      figureWords("days", 3.25),
      figureWords("rating", 4),
      figureWords("index", 0.6754),
      figureWords("value", 1234.5),
      figureWords("value", 27_927.55),
      figureWords("users", null),
    ]).toEqual([
      "338,214",
      "39.2 %",
      "−6.1 %",
      "1 day",
      "3.25 days",
      "4.00",
      "0.675",
      "1,234.5",
      "27,928",
      "–",
    ]);
  });

  it("an axis has short ones", () => {
    expect(axisWords("interactions", 120_000)).toBe("120K");
    expect(axisWords("share", 0.25)).toBe("25 %");
    expect(axisWords("share", 0.015)).toBe("1.5 %");
  });
});

describe("the change against the period before", () => {
  it("is a part of what was for counts, and points for shares", () => {
    expect(changeOf("interactions", 106, 100, null)).toEqual({
      text: "+6.0 %",
      verdict: null,
    });
    expect(changeOf("share", 0.392, 0.368, true)).toEqual({
      text: "+2.4 points",
      verdict: "better",
    });
    expect(changeOf("rating", 3.5, 3.75, true)).toEqual({ text: "−0.25", verdict: "worse" });
  });

  it("a fall is better where less is", () => {
    expect(changeOf("index", 0.6, 0.7, false)).toEqual({ text: "−0.100", verdict: "better" });
  });

  it("what rounds to nothing is no change and neither good nor bad", () => {
    expect(changeOf("share", 0.19045, 0.19079, true)).toEqual({
      text: "no change",
      verdict: null,
    });
  });

  it("from nothing it is told as a number, since there is nothing to divide by", () => {
    expect(changeOf("users", 12, 0, true)).toEqual({ text: "+12", verdict: "better" });
  });

  it("is not told where one of both is missing", () => {
    expect(changeOf("users", 12, null, true)).toBeNull();
    expect(changeOf("users", null, 12, true)).toBeNull();
  });
});

describe("a tile's table", () => {
  const shares = answer({
    id: "source-shares",
    unit: "share",
    series: [
      { name: "recsys", points: [{ day: "2024-12-02", value: 0.25 }] },
      { name: "search", points: [{ day: "2024-12-02", value: null }] },
    ],
    table: { columns: ["from", "recsys", "search"], rows: [["2024-12-02", 0.25, null]] },
  });

  it("has days in words and series in the KPI's unit", () => {
    expect(
      [0, 1, 2].map((at) =>
        cellWords(
          kpi("source-shares", { seriesUnit: "share" }),
          shares,
          at,
          shares.table.rows[0]![at]!,
        ),
      ),
    ).toEqual(["2 Dec 2024", "25.0 %", "–"]);
    expect([0, 1].map((at) => columnWords(shares, at))).toEqual(["From", "recsys"]);
  });

  it("counts interactions where the figure above it is a share of them", () => {
    const top = answer({
      id: "top-items",
      unit: "share",
      series: [{ name: "search", points: [{ label: "Tent", value: 1534 }] }],
      table: {
        columns: ["rank", "item_id", "interactions", "share"],
        rows: [[1, "153", 1534, 0.1]],
      },
    });
    expect(
      [0, 1, 2, 3].map((at) => cellWords(kpi("top-items"), top, at, top.table.rows[0]![at]!)),
    ).toEqual(["1", "153", "1,534", "10.0 %"]);
    expect(columnWords(top, 1)).toBe("Item id");
  });
});

describe("CSV", () => {
  it("quotes what must be quoted, and gives numbers in full", () => {
    const table = {
      columns: ["", "share"],
      rows: [
        ['Tent, "large"', 0.1904470300061237],
        ["two\nlines", null],
      ],
    };
    expect(tileCsv(answer({ table }))).toBe(
      'name,share\r\n"Tent, ""large""",0.1904470300061237\r\n"two\nlines",\r\n',
    );
  });

  it("no title becomes a formula in a spreadsheet, and no negative number a text", () => {
    const table = { columns: ["title", "change"], rows: [["=1+1", -3]] };
    expect(tileCsv(answer({ table }))).toBe("title,change\r\n'=1+1,-3\r\n");
  });

  it("of the whole dashboard has every figure and point in a row of its own", () => {
    const csv = dashboardCsv([
      {
        kpi: kpi("interactions", { title: "Interactions" }),
        answer: answer({ series: [{ name: "search", points: [{ day: "2024-12-02", value: 4 }] }] }),
      },
    ]);
    expect(csv.split("\r\n")).toEqual([
      "kpi,title,unit,from,to,figure,series,point,value,rows",
      "interactions,Interactions,interactions,2024-12-02,2024-12-31,value,,,10,10",
      "interactions,Interactions,interactions,2024-11-02,2024-12-01,previous,,,8,",
      "interactions,Interactions,interactions,2024-12-02,2024-12-31,point,search,2024-12-02,4,",
      "",
    ]);
  });

  it("of the whole dashboard has points in their own unit", () => {
    const series = [{ name: "search", points: [{ label: "Tent", value: 4 }] }];
    const csv = dashboardCsv([
      {
        kpi: kpi("top-items", { unit: "share", seriesUnit: "interactions" }),
        answer: answer({ unit: "share", value: 0.25, series }),
      },
    ]);
    const units = csv.split("\r\n").map((row) => row.split(",")[2]);
    expect(units).toEqual(["unit", "share", "share", "interactions", undefined]);
  });

  it("is named after what it holds and its days", () => {
    expect(csvName("retention", answer())).toBe("retention_2024-12-02_2024-12-31.csv");
    expect(csvName("dashboard", { range: null })).toBe("dashboard.csv");
  });
});
