import Badge from "@cloudscape-design/components/badge";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { TableProps } from "@cloudscape-design/components/table";

import type { ExecutionSummary } from "../../../../schema/index.ts";
import { stateTitle } from "../../execution/state-title.ts";
import { executionWords } from "../../execution/state-words.ts";
import { metricName } from "../../format/metric-names.ts";
import { figure, whole } from "../../format/numbers.ts";
import { duration, Time } from "../../format/time.tsx";
import { PageLink } from "../../shell/page-link.tsx";
import { STACK_TITLES } from "../../../../words/index.ts";
import { countTitle } from "./comparison-words.ts";

/** The columns of the list of executions. */
export const EXECUTION_COLUMNS: readonly TableProps.ColumnDefinition<ExecutionSummary>[] = [
  {
    id: "name",
    header: "Name",
    minWidth: 190,
    sortingField: "name",
    isRowHeader: true,
    cell: ({ workflow, name, current }) => (
      <span className="together">
        <PageLink to={`/executions/${workflow}/${name}`}>{name}</PageLink>
        {current && <Badge color="green">{workflow === "core" ? "served" : "current"}</Badge>}
      </span>
    ),
  },
  {
    id: "workflow",
    header: "Stack",
    minWidth: 140,
    sortingField: "workflow",
    cell: ({ workflow }) => STACK_TITLES[workflow],
  },
  {
    id: "status",
    header: "Status",
    minWidth: 170,
    sortingField: "status",
    cell: (execution) => {
      const { type, text } = executionWords(execution);
      const where =
        execution.state !== null &&
        ["running", "failed"].includes(execution.status) &&
        !execution.rejected
          ? ` in ${stateTitle(execution.state)}`
          : "";
      return <StatusIndicator type={type}>{text + where}</StatusIndicator>;
    },
  },
  {
    id: "startedAt",
    header: "Started",
    minWidth: 180,
    sortingField: "startedAt",
    cell: ({ startedAt }) => <Time at={startedAt} />,
  },
  {
    id: "duration",
    header: "Duration",
    minWidth: 130,
    cell: ({ startedAt, endedAt }) =>
      startedAt === null || endedAt === null
        ? "–"
        : duration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000),
  },
  {
    id: "figures",
    header: "Result",
    minWidth: 180,
    cell: ({ figures }) =>
      Object.entries(figures)
        .map(([name, value]) => shown(name, value))
        .join(", ") || "–",
  },
  {
    id: "startedBy",
    header: "By",
    minWidth: 110,
    cell: ({ startedBy }) => startedBy ?? "command line",
  },
];

function shown(name: string, value: number): string {
  return Number.isInteger(value)
    ? `${whole(value)} ${countTitle(name).toLowerCase()}`
    : `${metricName(name)} ${figure(value)}`;
}
