import type { DashboardDescription, KpiDescription } from "../../../../schema/index.ts";
import { HEADLINE_KPIS, KPI_SECTIONS } from "../../../../words/index.ts";

/** Share of a row that a tile takes where there is room. */
export type Width = "full" | "wide" | "narrow" | "half" | "third";

/** A tile's place. */
export interface Place {
  readonly kpi: KpiDescription;
  readonly width: Width;
}

/** Tiles that belong together. */
export interface Section {
  readonly title: string;
  readonly tiles: readonly Place[];
  /** Those that the data cannot give, and why. */
  readonly absent: readonly Absent[];
}

/** KPIs that miss the same. */
export interface Absent {
  readonly titles: readonly string[];
  readonly what: Reason["what"];
  readonly why: string;
}

type Reason = DashboardDescription["missing"][number];

/** Told once above all tiles, since so much depends on it. */
export function isGrave({ what }: Pick<Reason, "what">): boolean {
  return what === "timestamps" || what === "days" || what === "sources";
}

/** Tiles that do not take half of a row. */
const WIDTHS: Readonly<Record<string, Width>> = {
  interactions: "wide",
  "week-over-week": "narrow",
  "users-reached": "third",
  "hit-rate": "third",
  "time-to-recsys": "third",
  "click-through": "third",
  conversion: "third",
  revenue: "third",
  "items-reached": "third",
  "catalogue-coverage": "third",
  concentration: "third",
};

/** Of the headline's figures, the first so many that there are. */
const HEADLINE_LENGTH = 4;

/** The tiles in the order of the page; a KPI that no section knows stands in a last one. */
export function sectionsOf(description: DashboardDescription): readonly Section[] {
  const byId = new Map(description.kpis.map((kpi) => [kpi.id, kpi]));
  const planned = new Set(KPI_SECTIONS.flatMap(({ kpis }) => kpis));
  const rest = description.kpis.filter(({ id }) => !planned.has(id));
  const plan = [...KPI_SECTIONS, { title: "More", kpis: rest.map(({ id }) => id) }];
  return plan
    .map(({ title, kpis }) => {
      const places: Place[] = [];
      const absent = new Map<Reason, string[]>();
      for (const id of kpis) {
        const kpi = byId.get(id);
        if (kpi === undefined) continue;
        const reason = whyAbsent(kpi, description);
        if (reason === undefined) places.push({ kpi, width: WIDTHS[id] ?? "half" });
        else absent.set(reason, [...(absent.get(reason) ?? []), kpi.title]);
      }
      return {
        title,
        tiles: filled(places),
        absent: [...absent].map(([reason, titles]) => ({ ...reason, titles })),
      };
    })
    .filter(({ tiles, absent }) => tiles.length + absent.length > 0);
}

/** The KPIs that stand above all others. */
export function headlineOf(description: DashboardDescription): readonly KpiDescription[] {
  return HEADLINE_KPIS.map((id) => description.kpis.find((kpi) => kpi.id === id))
    .filter((kpi) => kpi !== undefined)
    .filter((kpi) => whyAbsent(kpi, description) === undefined)
    .slice(0, HEADLINE_LENGTH);
}

/** Why the data cannot give a KPI. */
function whyAbsent(
  { needs }: KpiDescription,
  { missing }: DashboardDescription,
): Reason | undefined {
  return missing.find(({ what }) => needs.some((need) => need === what));
}

const TWELFTHS: Readonly<Record<Width, number>> = {
  full: 12,
  wide: 7,
  narrow: 5,
  half: 6,
  third: 4,
};

/** Lets no row end in a hole where one of its tiles is missing: what stays over shares it. */
function filled(places: readonly Place[]): readonly Place[] {
  const rows: Place[][] = [];
  let room = 0;
  for (const place of places) {
    if (TWELFTHS[place.width] > room) {
      rows.push([]);
      room = 12;
    }
    rows.at(-1)!.push(place);
    room -= TWELFTHS[place.width];
  }
  return rows.flatMap((row) => {
    const taken = row.reduce((sum, { width }) => sum + TWELFTHS[width], 0);
    if (taken === 12) return row;
    const width: Width = row.length === 1 ? "full" : "half";
    return row.map(({ kpi }) => ({ kpi, width }));
  });
}
