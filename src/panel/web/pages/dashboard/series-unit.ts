import type { KpiAnswer } from "../../../../schema/index.ts";
import type { Unit } from "../../../../words/index.ts";

/** Where the points count something else than the figure says. */
const SERIES_UNITS: Readonly<Record<string, Unit>> = {
  "top-items": "interactions",
  movers: "interactions",
  "time-to-recsys": "users",
};

/** What the points of an answer's series are counted in. */
export function seriesUnit({ id, unit }: Pick<KpiAnswer, "id" | "unit">): Unit {
  return SERIES_UNITS[id] ?? unit;
}
