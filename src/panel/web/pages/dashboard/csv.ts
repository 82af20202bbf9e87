import type { KpiAnswer, KpiDescription } from "../../../../schema/index.ts";

type Cell = string | number | null;

/** The table behind a tile, as CSV. */
export function tileCsv({ table: { columns, rows } }: KpiAnswer): string {
  return csvOf([columns.map((name) => (name === "" ? "name" : name)), ...rows]);
}

/** Every figure of the dashboard, one a row: first each KPI's own, then its points. */
export function dashboardCsv(
  answers: readonly { readonly kpi: KpiDescription; readonly answer: KpiAnswer }[],
): string {
  const header = [
    "kpi",
    "title",
    "unit",
    "from",
    "to",
    "figure",
    "series",
    "point",
    "value",
    "rows",
  ];
  return csvOf([
    header,
    ...answers.flatMap(({ kpi, answer }) => {
      const { range, previousRange, unit, rows } = answer;
      const row = (
        days: KpiAnswer["range"],
        figure: "value" | "previous" | "point",
        [series, point, value, count]: readonly Cell[],
      ): Cell[] => [
        ...[kpi.id, kpi.title, figure === "point" ? kpi.seriesUnit : unit],
        ...[days?.from ?? "", days?.to ?? ""],
        ...[figure, series!, point!, value!, count!],
      ];
      return [
        row(range, "value", [null, null, answer.value, rows]),
        row(previousRange, "previous", [null, null, answer.previous, null]),
        ...answer.series.flatMap(({ name, points }) =>
          points.map((point) => {
            const place = "day" in point ? point.day : point.label;
            return row(range, "point", [name, place, point.value, null]);
          }),
        ),
      ];
    }),
  ]);
}

/** "recsys-share_2026-10-28_2026-11-26.csv". */
export function csvName(what: string, { range }: Pick<KpiAnswer, "range">): string {
  return `${[what, ...(range === null ? [] : [range.from, range.to])].join("_")}.csv`;
}

/** RFC 4180, with a mark before what a spreadsheet would take for a formula. */
function csvOf(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cellOf).join(",")}\r\n`).join("");
}

function cellOf(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
