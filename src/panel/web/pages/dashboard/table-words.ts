import type { KpiAnswer, KpiDescription } from "../../../../schema/index.ts";
import { dayWords } from "../../format/day.ts";
import { whole } from "../../format/numbers.ts";
import { figureWords, type Unit } from "../../../../words/index.ts";

const NUMBER = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });

/** A cell of a tile's table as one reads it. */
export function cellWords(
  kpi: Pick<KpiDescription, "seriesUnit">,
  answer: Pick<KpiAnswer, "unit" | "table" | "series">,
  column: number,
  cell: string | number | null,
): string {
  if (cell === null) return "–";
  const name = answer.table.columns[column]!;
  if (typeof cell === "string") {
    if (name === "figure") return capitalised(cell);
    return /^\d{4}-\d{2}-\d{2}$/.test(cell) ? dayWords(cell) : cell;
  }
  const own = unitOf(name, kpi, answer);
  if (own !== null) return figureWords(own, cell);
  return Number.isInteger(cell) ? whole(cell) : NUMBER.format(cell);
}

/** A column's name for its head; where the columns are the series, these keep their names, which may be sources'. */
export function columnWords(
  { table: { columns }, series }: Pick<KpiAnswer, "table" | "series">,
  column: number,
): string {
  const name = columns[column]!;
  if (name === "") return "Name";
  const isOfSeries = series.every((one, place) => one.name === columns[place + 1]);
  if (isOfSeries && column > 0) return name;
  return capitalised(name.replaceAll("_", " "));
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Columns of series are in the unit of the points; those of other tables say by their names what they are. */
function unitOf(
  name: string,
  { seriesUnit }: Pick<KpiDescription, "seriesUnit">,
  answer: Pick<KpiAnswer, "unit" | "series">,
): Unit | null {
  if (name === "share") return "share";
  if (name === "change") return answer.unit === "change" ? "change" : null;
  return answer.series.some((one) => one.name === name) ? seriesUnit : null;
}
