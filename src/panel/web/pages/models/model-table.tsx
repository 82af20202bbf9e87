import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import type { ModelSummary } from "../../../../schema/index.ts";
import { figure } from "../../format/numbers.ts";
import { withMetricNames } from "../../format/metric-names.ts";
import { Ago } from "../../format/time.tsx";
import { PageLink } from "../../shell/page-link.tsx";
import { FateIndicator } from "./fate-indicator.tsx";
import { conditionOf, fateOf, leadFigure } from "./model-words.ts";

/** Every model, the newest first, with what became of it and why. */
export function ModelTable({ models }: { readonly models: readonly ModelSummary[] }): ReactNode {
  return (
    <Table
      header={
        <Header variant="h2" counter={`(${models.length})`}>
          Models
        </Header>
      }
      items={models}
      trackBy={({ execution }) => execution.name}
      wrapLines
      ariaLabels={{ tableLabel: "Models" }}
      columnDefinitions={[
        {
          id: "execution",
          header: "Execution",
          isRowHeader: true,
          minWidth: 190,
          cell: ({ execution: { name } }) => (
            <PageLink to={`/models/${encodeURIComponent(name)}`}>{name}</PageLink>
          ),
        },
        {
          id: "made",
          header: "Made",
          minWidth: 140,
          cell: ({ execution }) => <Ago at={execution.endedAt ?? execution.startedAt} />,
        },
        {
          id: "fate",
          header: "What became of it",
          minWidth: 260,
          cell: (model) => (
            <>
              <FateIndicator model={model} />
              <Why model={model} />
            </>
          ),
        },
        {
          id: "ndcg",
          header: "NDCG@10 (95 % interval)",
          minWidth: 150,
          cell: ({ metrics }) => {
            const ndcg = metrics["ndcg@10"];
            if (ndcg === undefined) return "–";
            return (
              <span className="figures">
                {figure(ndcg.value)}
                <Box color="text-body-secondary" fontSize="body-s">
                  {figure(ndcg.low)} – {figure(ndcg.high)}
                </Box>
              </span>
            );
          },
        },
        { id: "lead", header: "Best simple method", minWidth: 170, cell: leadFigure },
        {
          id: "calibration",
          header: "Predicted ÷ observed",
          minWidth: 110,
          cell: ({ calibration }) => (
            <span className="figures">{calibration === null ? "–" : calibration.toFixed(2)}</span>
          ),
        },
      ]}
    />
  );
}

/** Who promoted it and why, or what it failed. */
function Why({ model }: { readonly model: ModelSummary }): ReactNode {
  const { promotion, gate } = model;
  const words =
    promotion !== null
      ? `${promotion.by}: “${promotion.reason}”`
      : fateOf(model) === "rejected"
        ? gate?.reasons
            .map(conditionOf)
            .filter(({ isMet }) => isMet !== true)
            .map((condition) => condition.words)
            .join("; ")
        : undefined;
  if (words === undefined || words === "") return null;
  return (
    <Box color="text-body-secondary" fontSize="body-s">
      {withMetricNames(words)}
    </Box>
  );
}
