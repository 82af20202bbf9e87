import type { DashboardDescription, KpiDescription } from "../../../../schema/index.ts";

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

const PLAN: readonly { readonly title: string; readonly tiles: readonly [string, Width][] }[] = [
  {
    title: "Activity",
    tiles: [
      ["interactions", "wide"],
      ["week-over-week", "narrow"],
      ["active-users", "half"],
      ["interactions-per-user", "half"],
    ],
  },
  {
    title: "Recommendations",
    tiles: [
      ["recsys-share", "half"],
      ["source-shares", "half"],
      ["users-reached", "third"],
      ["hit-rate", "third"],
      ["time-to-recsys", "third"],
      ["retention", "half"],
      ["mean-rating", "half"],
    ],
  },
  {
    title: "Sales",
    tiles: [
      ["click-through", "third"],
      ["conversion", "third"],
      ["revenue", "third"],
    ],
  },
  {
    title: "Assortment",
    tiles: [
      ["items-reached", "third"],
      ["catalogue-coverage", "third"],
      ["concentration", "third"],
      ["new-items", "half"],
      ["repeat-rate", "half"],
    ],
  },
  {
    title: "Items",
    tiles: [
      ["top-items", "half"],
      ["movers", "half"],
    ],
  },
];

/** The headline's figures, the first that there are. */
const HEADLINE = ["interactions", "recsys-share", "active-users", "revenue", "catalogue-coverage"];
const HEADLINE_LENGTH = 4;

/** The tiles in the order of the page; a KPI that no section knows stands in a last one. */
export function sectionsOf(description: DashboardDescription): readonly Section[] {
  const byId = new Map(description.kpis.map((kpi) => [kpi.id, kpi]));
  const planned = new Set(PLAN.flatMap(({ tiles }) => tiles.map(([id]) => id)));
  const rest = description.kpis.filter(({ id }) => !planned.has(id));
  const plan = [
    ...PLAN,
    { title: "More", tiles: rest.map(({ id }): [string, Width] => [id, "half"]) },
  ];
  return plan
    .map(({ title, tiles }) => {
      const places: Place[] = [];
      const absent = new Map<Reason, string[]>();
      for (const [id, width] of tiles) {
        const kpi = byId.get(id);
        if (kpi === undefined) continue;
        const reason = whyAbsent(kpi, description);
        if (reason === undefined) places.push({ kpi, width });
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
  return HEADLINE.map((id) => description.kpis.find((kpi) => kpi.id === id))
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
