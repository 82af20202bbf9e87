import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useCollection } from "@cloudscape-design/collection-hooks";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useNavigate } from "react-router";

import type { ExecutionSummary } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { Empty, Loaded } from "../../states/loaded.tsx";
import { ExecutionFilters, type Filters, matches, NO_FILTERS } from "./execution-filters.tsx";
import { EXECUTION_COLUMNS } from "./execution-columns.tsx";
import { RollBackButton } from "./roll-back-button.tsx";

/** The history of both workflows. */
export default function ExecutionsPage(): ReactNode {
  const executions = useQuery({
    queryKey: ["executions"],
    queryFn: ({ signal }) => read<readonly ExecutionSummary[]>("/executions", signal),
    refetchInterval: 4_000,
  });
  return (
    <Loaded query={executions} what="the executions">
      {(found) => <ExecutionTable executions={found} />}
    </Loaded>
  );
}

function ExecutionTable({
  executions,
}: {
  readonly executions: readonly ExecutionSummary[];
}): ReactNode {
  const navigate = useNavigate();
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const found = executions.filter((execution) => matches(execution, filters));
  const { items, collectionProps, paginationProps } = useCollection(found, {
    pagination: { pageSize: 25 },
    sorting: { defaultState: { sortingColumn: { sortingField: "startedAt" }, isDescending: true } },
  });
  const selected = executions.filter((execution) => chosen.includes(keyOf(execution)));
  const [first, second] = selected;
  const comparable =
    first?.workflow === "core" && second?.workflow === "core" && selected.length === 2;
  return (
    <Table
      {...collectionProps}
      variant="full-page"
      stickyHeader
      items={items}
      trackBy={keyOf}
      selectionType="multi"
      selectedItems={selected}
      onSelectionChange={({ detail }) => {
        setChosen(detail.selectedItems.slice(-2).map(keyOf));
      }}
      ariaLabels={{
        tableLabel: "Executions",
        selectionGroupLabel: "Executions to compare",
        allItemsSelectionLabel: () => "Choose all",
        itemSelectionLabel: (_, { name }) => `Choose ${name}`,
      }}
      columnDefinitions={EXECUTION_COLUMNS}
      header={
        <Header
          variant="h1"
          counter={`(${executions.length})`}
          description="Everything that the collector and the core have run. Choose two core executions to compare them."
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                disabled={!comparable}
                disabledReason="Choose two core executions."
                onClick={() => {
                  const query = new URLSearchParams({ a: second!.name, b: first!.name });
                  void navigate(`/executions/compare?${query.toString()}`);
                }}
              >
                Compare
              </Button>
              <RollBackButton executions={executions} />
              <Button variant="primary" onClick={() => void navigate("/serving-recipe")}>
                Execute
              </Button>
            </SpaceBetween>
          }
        >
          Executions
        </Header>
      }
      wrapLines
      filter={<ExecutionFilters filters={filters} onChange={setFilters} found={found.length} />}
      pagination={<Pagination {...paginationProps} />}
      empty={
        executions.length === 0 ? (
          <Empty
            title="No executions yet"
            action={
              <Button onClick={() => void navigate("/serving-recipe")}>Serving Recipe</Button>
            }
          >
            Deploy the collector stack and execute it; the core follows.
          </Empty>
        ) : (
          <Empty
            title="None is like that"
            action={
              <Button
                onClick={() => {
                  setFilters(NO_FILTERS);
                }}
              >
                Clear the filter
              </Button>
            }
          />
        )
      }
    />
  );
}

function keyOf({ workflow, name }: ExecutionSummary): string {
  return `${workflow}/${name}`;
}
