import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Table from "@cloudscape-design/components/table";
import { type ReactNode, useState } from "react";

import type { ExecutionComparison } from "../../../../schema/index.ts";
import { metricName } from "../../format/metric-names.ts";
import { figure } from "../../format/numbers.ts";
import { Empty } from "../../states/loaded.tsx";
import { changeOf } from "./comparison-words.ts";

type Metric = ExecutionComparison["metrics"][number];

const FIRST_SHOWN = "10";

/** The metrics of two executions side by side, for one length of the list at a time. */
export function MetricComparison({
  names,
  metrics,
}: {
  readonly names: readonly [string, string];
  readonly metrics: readonly Metric[];
}): ReactNode {
  const lengths = [...new Set(metrics.map(lengthOf))].sort((a, b) => Number(a) - Number(b));
  const [chosen, choose] = useState(FIRST_SHOWN);
  const length = lengths.includes(chosen) ? chosen : lengths[0];
  return (
    <Table
      header={
        <Header
          variant="h2"
          description="On each execution's own held-out rows; ± is half of the 95 % interval."
          actions={
            lengths.length > 1 && (
              <SegmentedControl
                label="Length of the list"
                selectedId={length ?? null}
                options={lengths.map((one) => ({ id: one, text: `First ${one}` }))}
                onChange={({ detail }) => {
                  choose(detail.selectedId);
                }}
              />
            )
          }
        >
          Metrics
        </Header>
      }
      ariaLabels={{ tableLabel: "Metrics" }}
      items={metrics.filter((metric) => lengthOf(metric) === length)}
      empty={<Empty title="No evaluation is kept" />}
      columnDefinitions={[
        {
          id: "name",
          header: "Metric",
          isRowHeader: true,
          cell: ({ name }) => metricName(name),
        },
        ...names.map((name, at) => ({
          id: `value-${at}`,
          header: name,
          cell: ({ estimates }: Metric) => (
            <span className="figures">{estimateWords(estimates[at] ?? null)}</span>
          ),
        })),
        {
          id: "change",
          header: "Change",
          cell: ({ estimates: [before, after] }) => changeOf(before?.value, after?.value),
        },
      ]}
    />
  );
}

/** "10", of `ndcg@10`; empty where a metric is of no list. */
function lengthOf({ name }: Metric): string {
  return name.split("@")[1] ?? "";
}

function estimateWords(estimate: Metric["estimates"][number] | null): string {
  if (estimate === null) return "–";
  return `${figure(estimate.value)} ± ${figure((estimate.high - estimate.low) / 2)}`;
}
