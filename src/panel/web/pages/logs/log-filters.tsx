import Autosuggest from "@cloudscape-design/components/autosuggest";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { ExecutionSummary } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { type LogFilter, LEVELS } from "./log-query.ts";

const ALL = { value: "", label: "All executions" };

/** Execution and state, which calls of the API have none of; level, text. */
export function LogFilters({
  filter,
  states,
  onChange,
}: {
  readonly filter: LogFilter;
  /** States that the lines name, to choose from. */
  readonly states: readonly string[];
  readonly onChange: (change: Partial<LogFilter>) => void;
}): ReactNode {
  const executions = useQuery({
    queryKey: ["executions", "names"],
    queryFn: ({ signal }) => read<readonly ExecutionSummary[]>("/executions", signal),
  });
  const known = (executions.data ?? []).map(({ workflow, name, status }) => ({
    value: `${workflow}/${name}`,
    label: name,
    description: `${workflow}, ${status}`,
  }));
  const options = [ALL, ...known];
  const chosen = options.find(({ value }) => value === filter.execution) ?? {
    value: filter.execution,
    label: filter.execution,
  };
  return (
    <ColumnLayout columns={filter.source === "api" ? 2 : 4} minColumnWidth={180}>
      {filter.source !== "api" && (
        <>
          <FormField label="Execution">
            <Select
              selectedOption={chosen}
              options={options}
              filteringType={known.length > 8 ? "auto" : "none"}
              statusType={
                executions.isPending ? "loading" : executions.isError ? "error" : "finished"
              }
              loadingText="Loading the executions"
              errorText="Could not load the executions"
              onChange={({ detail }) => {
                onChange({ execution: detail.selectedOption.value ?? "" });
              }}
            />
          </FormField>
          <FormField label="State">
            <Autosuggest
              value={filter.state}
              options={states.map((value) => ({ value }))}
              enteredTextLabel={(value) => `State “${value}”`}
              placeholder="All states"
              onChange={({ detail }) => {
                onChange({ state: detail.value });
              }}
            />
          </FormField>
        </>
      )}
      <FormField label="Level">
        <Select
          selectedOption={LEVELS.find(({ value }) => value === filter.level) ?? LEVELS[0]!}
          options={LEVELS}
          onChange={({ detail }) => {
            onChange({ level: (detail.selectedOption.value ?? "") as LogFilter["level"] });
          }}
        />
      </FormField>
      <FormField label="Text">
        <Input
          type="search"
          value={filter.text}
          placeholder="Words in a line"
          clearAriaLabel="Clear the text"
          onChange={({ detail }) => {
            onChange({ text: detail.value });
          }}
        />
      </FormField>
    </ColumnLayout>
  );
}
