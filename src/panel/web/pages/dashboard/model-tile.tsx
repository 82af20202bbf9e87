import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { ModelSummary } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { figure, percent } from "../../format/numbers.ts";
import { Ago } from "../../format/time.tsx";
import { PageLink } from "../../shell/page-link.tsx";
import { Empty, Loaded } from "../../states/loaded.tsx";

/** How good and how fresh the model is that makes the recommendations. */
export function ModelTile(): ReactNode {
  const models = useQuery({
    queryKey: ["models"],
    queryFn: ({ signal }) => read<readonly ModelSummary[]>("/models", signal),
  });
  return (
    <Container
      header={
        <Header variant="h2" actions={<PageLink to="/models">All models</PageLink>}>
          Model quality and freshness
        </Header>
      }
    >
      <Loaded query={models} what="the models">
        {(all) => <Served model={all.find(({ execution }) => execution.current)} />}
      </Loaded>
    </Container>
  );
}

function Served({ model }: { readonly model: ModelSummary | undefined }): ReactNode {
  if (model === undefined) {
    return (
      <Empty title="No model is served">
        Once a core execution has passed the gate, its quality stands here.
      </Empty>
    );
  }
  const { execution, metrics, bestBaseline, calibration, dataCreatedAt } = model;
  const ndcg = metrics["ndcg@10"];
  return (
    <KeyValuePairs
      columns={4}
      minColumnWidth={170}
      items={[
        {
          label: "Served",
          value: (
            <>
              <PageLink to={`/executions/core/${execution.name}`}>{execution.name}</PageLink>,{" "}
              <Ago at={execution.endedAt} />
            </>
          ),
        },
        { label: "Data it learnt from", value: <Ago at={dataCreatedAt} /> },
        {
          label: "NDCG@10, 95 % interval",
          value:
            ndcg === undefined
              ? "–"
              : `${figure(ndcg.value)} (${figure(ndcg.low)} – ${figure(ndcg.high)})`,
        },
        {
          label: "Lead over the best simple method",
          value:
            ndcg === undefined || bestBaseline === null || bestBaseline.value === 0
              ? "–"
              : `${percent(ndcg.value / bestBaseline.value - 1)} over ${bestBaseline.name}`,
        },
        {
          label: "Predicted ÷ observed probability",
          value: calibration === null ? "–" : calibration.toFixed(2),
        },
      ]}
    />
  );
}
