import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Skeleton from "@cloudscape-design/components/skeleton";
import type { ReactNode } from "react";

import type { DashboardDescription, KpiDescription } from "../../../../schema/index.ts";
import { Figure } from "./figure.tsx";
import type { Scope } from "./scope.ts";
import { headlineOf } from "./sections.ts";
import { useKpi } from "./use-kpi.ts";

/** The few figures that are read first. */
export function Headline({
  description,
  scope,
  title,
  actions,
}: {
  readonly description: DashboardDescription;
  readonly scope: Scope;
  readonly title: string;
  readonly actions?: ReactNode;
}): ReactNode {
  const kpis = headlineOf(description);
  return (
    <Container
      header={
        <Header variant="h2" actions={actions}>
          {title}
        </Header>
      }
    >
      <ColumnLayout columns={4} variant="text-grid" minColumnWidth={260}>
        {kpis.map((kpi) => (
          <HeadlineFigure key={kpi.id} kpi={kpi} execution={description.execution} scope={scope} />
        ))}
      </ColumnLayout>
    </Container>
  );
}

const SHORT_TITLES: Readonly<Record<string, string>> = {
  interactions: "Interactions",
  "recsys-share": "From recommendations",
  revenue: "Revenue",
};

function HeadlineFigure({
  kpi,
  execution,
  scope,
}: {
  readonly kpi: KpiDescription;
  readonly execution: string;
  readonly scope: Scope;
}): ReactNode {
  const { data, isError, isPlaceholderData } = useKpi(kpi, execution, scope);
  return (
    <div aria-busy={data === undefined || isPlaceholderData}>
      <Box variant="awsui-key-label">{SHORT_TITLES[kpi.id] ?? kpi.title}</Box>
      {data !== undefined ? (
        <Figure kpi={kpi} answer={data} size="display-l" />
      ) : isError ? (
        <Box color="text-status-error">Could not be loaded</Box>
      ) : (
        <>
          <Skeleton variant="text-display-l" width="60%" />
          <Skeleton variant="text-body-m" width="80%" />
          <Skeleton variant="text-body-s" width="80%" />
        </>
      )}
    </div>
  );
}
