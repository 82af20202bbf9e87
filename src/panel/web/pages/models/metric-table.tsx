import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import type { ModelSummary } from "../../../../schema/index.ts";
import { figure } from "../../format/numbers.ts";
import { metricName } from "./metric-names.ts";
import { gateMetric } from "./model-words.ts";

/** Every metric of a model, with its interval. */
export function MetricTable({ model }: { readonly model: ModelSummary }): ReactNode {
  const judged = gateMetric(model);
  const rows = Object.entries(model.metrics).map(([name, estimate]) => ({ name, ...estimate }));
  return (
    <Table
      header={
        <Header variant="h2" description="Means over users, with 95 % intervals. 1 is perfect.">
          Metrics
        </Header>
      }
      contentDensity="compact"
      items={rows}
      trackBy="name"
      empty="Nothing could be measured."
      ariaLabels={{ tableLabel: "Metrics" }}
      columnDefinitions={[
        {
          id: "name",
          header: "Metric",
          isRowHeader: true,
          cell: ({ name }) => `${metricName(name)}${name === judged ? " (the gate’s)" : ""}`,
        },
        ...(["value", "low", "high"] as const).map((end) => ({
          id: end,
          header: { value: "Value", low: "Lower end", high: "Upper end" }[end],
          cell: (row: (typeof rows)[number]) => <span className="figures">{figure(row[end])}</span>,
        })),
      ]}
    />
  );
}
