import { useQuery } from "@tanstack/react-query";

import type { LogLine } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { appended } from "./log-lines.ts";
import type { LogFeed } from "./use-log-lines.ts";

/** CloudWatch lets few ask often. */
const READ_MILLISECONDS = 5_000;
const MOST_LINES = 500;

/** The latest lines that API and state machines have written to the log group, read anew every few seconds. */
export function useGroupLines(query: string, isPaused: boolean): LogFeed {
  const { data, error, isPending } = useQuery({
    queryKey: ["logs", query],
    queryFn: ({ signal }) => read<readonly LogLine[]>(`/logs?limit=${MOST_LINES}&${query}`, signal),
    refetchInterval: isPaused ? false : READ_MILLISECONDS,
  });
  return {
    lines: appended([], data ?? []),
    isLoading: isPending,
    problem: error === null ? null : error.message,
    connection: "open",
    waiting: 0,
  };
}
