import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import type { ModelSummary } from "../../../../schema/index.ts";
import { metricName } from "../../format/metric-names.ts";
import { figure } from "../../format/numbers.ts";
import { metricGrid } from "./metric-grid.ts";
import { gateMetric } from "./model-words.ts";

/** Every metric of a model, with its interval. */
export function MetricTable({ model }: { readonly model: ModelSummary }): ReactNode {
  const judged = gateMetric(model);
  const { lengths, rows } = metricGrid(model.metrics);
  const told = judged === null ? "" : ` The gate judges by ${metricName(judged)}.`;
  return (
    <Table
      header={
        <Header
          variant="h2"
          description={`Means over users, with 95 % intervals, by the length of the list. 1 is perfect.${told}`}
        >
          Metrics
        </Header>
      }
      contentDensity="compact"
      items={rows}
      trackBy="metric"
      empty="Nothing could be measured."
      ariaLabels={{ tableLabel: "Metrics" }}
      columnDefinitions={[
        {
          id: "name",
          header: "Metric",
          isRowHeader: true,
          minWidth: 110,
          cell: ({ metric }) => metricName(metric),
        },
        ...lengths.map((length) => ({
          id: `at-${length}`,
          header: length === "" ? "Value" : `First ${length}`,
          minWidth: 130,
          cell: ({ metric, at }: (typeof rows)[number]) => (
            <Cell estimate={at[length]} isJudged={`${metric}@${length}` === judged} />
          ),
        })),
      ]}
    />
  );
}

function Cell({
  estimate,
  isJudged,
}: {
  readonly estimate: ModelSummary["metrics"][string] | undefined;
  readonly isJudged: boolean;
}): ReactNode {
  if (estimate === undefined) return "–";
  return (
    <span className="figures">
      <Box variant="span" fontWeight={isJudged ? "bold" : "normal"}>
        {figure(estimate.value)}
      </Box>
      <Box variant="div" color="text-body-secondary" fontSize="body-s">
        {figure(estimate.low)} – {figure(estimate.high)}
      </Box>
    </span>
  );
}
