import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";

import type { ModelSummary } from "../../../../schema/index.ts";
import { withMetricNames } from "../../format/metric-names.ts";
import { Ago, Time } from "../../format/time.tsx";
import { FateIndicator } from "./fate-indicator.tsx";
import { calibrationWords, conditionOf, gateWords, leadWords } from "./model-words.ts";

/** In plain words: is it good, may its probabilities be believed, what did the gate say? */
export function ModelVerdict({ model }: { readonly model: ModelSummary }): ReactNode {
  const { gate, promotion, calibration, dataCreatedAt } = model;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            <>
              Learnt from data collected <Ago at={dataCreatedAt} />
            </>
          }
        >
          In short
        </Header>
      }
    >
      <ColumnLayout columns={2} variant="text-grid" minColumnWidth={300}>
        <SpaceBetween size="s">
          <FateIndicator model={model} />
          <Box variant="p">{leadWords(model)}</Box>
          <Box variant="p">{calibrationWords(calibration)}</Box>
          {promotion !== null && (
            <Box variant="p">
              Promoted by hand by {promotion.by}, <Time at={promotion.at} />: “{promotion.reason}”
            </Box>
          )}
        </SpaceBetween>
        <SpaceBetween size="xs">
          <Box variant="awsui-key-label">The gate</Box>
          {gate === null ? (
            <Box color="text-body-secondary">It has not judged this model.</Box>
          ) : (
            <>
              <Box>{gateWords(gate)}</Box>
              {gate.reasons.map((reason) => (
                <Condition key={reason} reason={reason} />
              ))}
            </>
          )}
        </SpaceBetween>
      </ColumnLayout>
    </Container>
  );
}

function Condition({ reason }: { readonly reason: string }): ReactNode {
  const { isMet, words } = conditionOf(reason);
  if (isMet === null) return <Box>{withMetricNames(words)}</Box>;
  return (
    <div>
      <StatusIndicator type={isMet ? "success" : "error"}>
        {isMet ? "Met" : "Not met"}
      </StatusIndicator>
      : {withMetricNames(words)}
    </div>
  );
}
