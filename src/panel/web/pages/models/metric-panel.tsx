import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import Skeleton from "@cloudscape-design/components/skeleton";
import { lazy, type ReactNode, Suspense, useState } from "react";

import type { ModelSummary } from "../../../../schema/index.ts";
import { metricHistory, metricsOf } from "./metric-history.ts";
import { metricName } from "../../format/metric-names.ts";

const MetricChart = lazy(() => import("./metric-chart.tsx"));

/** Are the models getting better? */
export function MetricPanel({ models }: { readonly models: readonly ModelSummary[] }): ReactNode {
  const metrics = metricsOf(models);
  const [chosen, setChosen] = useState<string | null>(null);
  const metric = chosen ?? metrics[0];
  if (metric === undefined) return null;
  const history = metricHistory(models, metric);
  const options = metrics.map((value) => ({ value, label: metricName(value) }));
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="On what users did after the data that each model learnt from. The executions may have been measured on different data."
          actions={
            <FormField label={<span className="unseen">Metric</span>}>
              <Select
                options={options}
                selectedOption={options.find(({ value }) => value === metric) ?? null}
                onChange={({ detail }) => {
                  setChosen(detail.selectedOption.value ?? null);
                }}
              />
            </FormField>
          }
        >
          Quality over time
        </Header>
      }
    >
      {history.executions.length < 2 ? (
        <Box color="text-body-secondary">
          There is one model so far. From the second on, a chart here shows how they compare.
        </Box>
      ) : (
        <Suspense fallback={<Skeleton height="300px" />}>
          <MetricChart title={metricName(metric)} history={history} />
        </Suspense>
      )}
    </Container>
  );
}
