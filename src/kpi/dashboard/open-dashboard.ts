import type { DashboardDescription, KpiAnswer, KpiDescription } from "../../schema/index.ts";
import type { Bucket } from "../../storage/index.ts";
import { type Kpi, KPIS } from "../figures/index.ts";
import { answerKpi } from "./answer.ts";
import { CurrentRollups } from "./current-rollups.ts";
import type { DashboardOptions, Rollups } from "./rollup-database.ts";
import { checkScope, ScopeError } from "./scope.ts";

/** The dashboard's figures: always those of the execution that the pointer of `kpi` names. */
export interface Dashboard {
  /**
   * What there is to show.
   *
   * @throws NoFiguresError before the collector has run
   */
  describe(): Promise<DashboardDescription>;
  /**
   * A KPI's figures.
   *
   * @param kpiId - one of those described
   * @param scope - a `DashboardScope`, not yet checked
   * @throws ScopeError if there is no such KPI, or the scope is none
   * @throws NoFiguresError before the collector has run
   */
  answer(kpiId: string, scope: unknown): Promise<KpiAnswer>;
  /** Lets go of the files, once the answers that are being made are there. */
  close(): Promise<void>;
}

/** Opens the dashboard of a bucket; there need not be any figures yet. */
export function openDashboard(bucket: Bucket, options: DashboardOptions): Promise<Dashboard> {
  const current = new CurrentRollups(bucket, options);
  return Promise.resolve({
    describe: () => current.use((rollups) => Promise.resolve(descriptionOf(rollups))),
    answer: async (kpiId, scope) => {
      const kpi = kpiNamed(kpiId);
      return current.use((rollups) => answerOf(kpi, scope, rollups));
    },
    close: () => current.close(),
  });
}

function kpiNamed(id: string): Kpi {
  const kpi = KPIS.find((one) => one.id === id);
  if (kpi !== undefined) return kpi;
  const known = KPIS.map((one) => one.id).join(", ");
  throw new ScopeError(`there is no KPI ${JSON.stringify(id)}; there are ${known}`);
}

/** Answers on a connection of its own: results that are still being read may not share one. */
async function answerOf(kpi: Kpi, scope: unknown, rollups: Rollups): Promise<KpiAnswer> {
  const checked = checkScope(scope, rollups.content);
  const connection = await rollups.database.connect();
  try {
    return await answerKpi(kpi, checked, rollups, connection);
  } finally {
    connection.closeSync();
  }
}

function descriptionOf({ execution, createdAt, content }: Rollups): DashboardDescription {
  const { firstDay, lastDay, categoryFeature, missing } = content;
  const { interactions, users, items, impressions } = content;
  return {
    execution,
    createdAt,
    firstDay,
    lastDay,
    sources: content.sources.map(({ name }) => name),
    categoryFeature,
    categories: content.categories.map(({ name }) => name),
    rows: { interactions, users, items, impressions },
    missing,
    kpis: KPIS.map(describeKpi),
  };
}

function describeKpi(kpi: Kpi): KpiDescription {
  const { id, title, words, formula, unit, reading, moreIsBetter } = kpi;
  const { chart, sourcesAre, filters, needs } = kpi;
  const queries = [
    kpi.base === undefined ? undefined : `CREATE TEMP TABLE base AS ${kpi.base}`,
    kpi.value,
    kpi.series,
    kpi.table,
  ].filter((query) => query !== undefined);
  const sql = queries.map((query) => `${query.trim()};`).join("\n\n");
  return {
    ...{ id, title, words, formula, sql, unit, reading, moreIsBetter },
    ...{ seriesUnit: kpi.seriesUnit ?? unit, chart, sourcesAre, filters, needs },
  };
}
