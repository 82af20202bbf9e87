import {
  keepPreviousData,
  queryOptions,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from "@tanstack/react-query";

import type { DashboardDescription, KpiAnswer, KpiDescription } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { questionOf, type Scope } from "./scope.ts";

/** What is there to show; asked again now and then, as a new execution of the collector changes it. */
export function useDescription(): UseQueryResult<DashboardDescription> {
  return useQuery({
    queryKey: ["dashboard"],
    queryFn: ({ signal }) => read<DashboardDescription>("/dashboard", signal),
    refetchInterval: 60_000,
  });
}

/** A KPI's figures; those of the range before stay until the new ones are there. */
export function useKpi(
  kpi: KpiDescription,
  execution: string,
  scope: Scope,
  isWanted = true,
): UseQueryResult<KpiAnswer> {
  return useQuery({
    ...kpiQuery(kpi, execution, scope),
    enabled: isWanted,
    placeholderData: keepPreviousData,
  });
}

/** Reads the figures of many KPIs, those that are there already from memory. */
export function useReadKpis(
  execution: string,
  scope: Scope,
): (
  kpis: readonly KpiDescription[],
) => Promise<readonly { readonly kpi: KpiDescription; readonly answer: KpiAnswer }[]> {
  const queries = useQueryClient();
  return (kpis) =>
    Promise.all(
      kpis.map(async (kpi) => ({
        kpi,
        answer: await queries.query(kpiQuery(kpi, execution, scope)),
      })),
    );
}

/** What an execution has measured never changes. */
function kpiQuery(kpi: KpiDescription, execution: string, scope: Scope) {
  const question = questionOf(scope, kpi.filters);
  return queryOptions({
    queryKey: ["kpi", execution, kpi.id, question],
    queryFn: ({ signal }) =>
      read<KpiAnswer>(`/dashboard/${encodeURIComponent(kpi.id)}?${question}`, signal),
    staleTime: Infinity,
  });
}
