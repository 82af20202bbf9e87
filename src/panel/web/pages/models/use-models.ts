import { useQuery, type UseQueryResult } from "@tanstack/react-query";

import type { ModelSummary } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";

/** Every model that was evaluated, the newest first. */
export function useModels(): UseQueryResult<readonly ModelSummary[]> {
  return useQuery({
    queryKey: ["models"],
    queryFn: ({ signal }) => read<readonly ModelSummary[]>("/models", signal),
    refetchInterval: 30_000,
  });
}
