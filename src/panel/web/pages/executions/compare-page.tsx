import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";

import type { ExecutionComparison } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { percent, whole } from "../../format/numbers.ts";
import { Time } from "../../format/time.tsx";
import { PageLink } from "../../shell/page-link.tsx";
import { Empty, Loaded } from "../../states/loaded.tsx";
import { changeOf, countTitle, valueText } from "./comparison-words.ts";
import { MetricComparison } from "./metric-comparison.tsx";

/** Two core executions side by side: what changed in the data, in the settings, in the figures, in the lists. */
export default function ComparePage(): ReactNode {
  const [parameters] = useSearchParams();
  const a = parameters.get("a") ?? "";
  const b = parameters.get("b") ?? "";
  const comparison = useQuery({
    queryKey: ["compare", a, b],
    queryFn: ({ signal }) =>
      read<ExecutionComparison>(`/compare?${new URLSearchParams({ a, b }).toString()}`, signal),
    staleTime: Infinity,
  });
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={`What changed from ${a} to ${b}.`}>
          Compare
        </Header>
      }
    >
      <Loaded query={comparison} what="the comparison">
        {(value) => <Comparison comparison={value} />}
      </Loaded>
    </ContentLayout>
  );
}

function Comparison({ comparison }: { readonly comparison: ExecutionComparison }): ReactNode {
  const { executions, data, metrics, settings, top10 } = comparison;
  const names = executions.map(({ name }) => name) as [string, string];
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">The two</Header>}>
        <KeyValuePairs
          columns={2}
          items={executions.map(({ name, startedAt }) => ({
            label: <PageLink to={`/executions/core/${name}`}>{name}</PageLink>,
            value: <Time at={startedAt} />,
          }))}
        />
      </Container>
      <Container header={<Header variant="h2">Recommendations</Header>}>
        {top10 === null ? (
          <Box color="text-body-secondary">The lists of one of the two are no longer kept.</Box>
        ) : (
          <KeyValuePairs
            columns={3}
            minColumnWidth={180}
            items={[
              { label: "Users compared", value: whole(top10.users) },
              {
                label: "Whose ten best items changed",
                value: `${percent(top10.users === 0 ? 0 : top10.changedUsers / top10.users)} (${whole(top10.changedUsers)})`,
              },
              { label: "Items that stayed", value: percent(top10.meanShared) },
            ]}
          />
        )}
      </Container>
      <MetricComparison names={names} metrics={metrics} />
      <Table
        header={<Header variant="h2">Data</Header>}
        ariaLabels={{ tableLabel: "Data" }}
        items={data}
        columnDefinitions={[
          { id: "name", header: "Count", isRowHeader: true, cell: ({ name }) => countTitle(name) },
          ...names.map((name, at) => ({
            id: `value-${at}`,
            header: name,
            cell: ({ values }: ExecutionComparison["data"][number]) =>
              values[at] == null ? "–" : whole(values[at]),
          })),
          {
            id: "change",
            header: "Change",
            cell: ({ values: [before, after] }) =>
              changeOf(before ?? undefined, after ?? undefined),
          },
        ]}
      />
      <Table
        header={<Header variant="h2">Settings that differ</Header>}
        ariaLabels={{ tableLabel: "Settings that differ" }}
        items={settings}
        empty={<Empty title="None: both were configured alike" />}
        columnDefinitions={[
          { id: "path", header: "Setting", isRowHeader: true, cell: ({ path }) => path },
          ...names.map((name, at) => ({
            id: `value-${at}`,
            header: name,
            cell: ({ values }: ExecutionComparison["settings"][number]) => valueText(values[at]),
          })),
        ]}
      />
    </SpaceBetween>
  );
}
