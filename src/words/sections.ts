/** KPIs that belong together, in the order in which they are shown. */
export interface KpiSection {
  readonly title: string;
  readonly kpis: readonly string[];
}

/** The KPIs by what they are about. One that is named nowhere here comes last, by itself. */
export const KPI_SECTIONS: readonly KpiSection[] = [
  {
    title: "Activity",
    kpis: ["interactions", "week-over-week", "active-users", "interactions-per-user"],
  },
  {
    title: "Recommendations",
    kpis: [
      "recsys-share",
      "source-shares",
      "users-reached",
      "hit-rate",
      "time-to-recsys",
      "retention",
      "mean-rating",
    ],
  },
  { title: "Sales", kpis: ["click-through", "conversion", "revenue"] },
  {
    title: "Assortment",
    kpis: ["items-reached", "catalogue-coverage", "concentration", "new-items", "repeat-rate"],
  },
  { title: "Items", kpis: ["top-items", "movers"] },
];

/** The figures that are read first, those that matter most before the others. */
export const HEADLINE_KPIS: readonly string[] = [
  "interactions",
  "recsys-share",
  "active-users",
  "revenue",
  "catalogue-coverage",
];
