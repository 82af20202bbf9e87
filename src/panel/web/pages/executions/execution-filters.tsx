import Select, { type SelectProps } from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TextFilter from "@cloudscape-design/components/text-filter";
import type { ReactNode } from "react";

import type { ExecutionSummary } from "../../../../schema/index.ts";
import { STACK_TITLES } from "../../../../words/index.ts";

/** Which executions to show; an empty value shows all. */
export interface Filters {
  readonly text: string;
  readonly workflow: string;
  readonly status: string;
}

export const NO_FILTERS: Filters = { text: "", workflow: "", status: "" };

const WORKFLOWS: readonly SelectProps.Option[] = [
  { value: "", label: "Both stacks" },
  { value: "collector", label: STACK_TITLES.collector },
  { value: "core", label: STACK_TITLES.core },
];
const STATUSES: readonly SelectProps.Option[] = [
  { value: "", label: "Any status" },
  { value: "running", label: "Running" },
  { value: "succeeded", label: "Succeeded" },
  { value: "rejected", label: "Model rejected" },
  { value: "failed", label: "Failed" },
  { value: "aborted", label: "Stopped" },
  { value: "interrupted", label: "Interrupted" },
];

/** Is an execution one of those to show? */
export function matches(execution: ExecutionSummary, { text, workflow, status }: Filters): boolean {
  const shownStatus = execution.rejected ? "rejected" : execution.status;
  const words = `${execution.name} ${execution.startedBy ?? "command line"} ${execution.detail}`;
  return (
    (workflow === "" || execution.workflow === workflow) &&
    (status === "" || shownStatus === status) &&
    words.toLowerCase().includes(text.toLowerCase())
  );
}

/** The filter above the list. */
export function ExecutionFilters({
  filters,
  onChange,
  found,
}: {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
  readonly found: number;
}): ReactNode {
  const option = (options: readonly SelectProps.Option[], value: string): SelectProps.Option =>
    options.find((known) => known.value === value) ?? options[0]!;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <TextFilter
        filteringText={filters.text}
        filteringPlaceholder="Find executions"
        filteringAriaLabel="Find executions by name, person or reason"
        countText={`${found} found`}
        onChange={({ detail }) => {
          onChange({ ...filters, text: detail.filteringText });
        }}
      />
      <Select
        options={WORKFLOWS}
        selectedOption={option(WORKFLOWS, filters.workflow)}
        ariaLabel="Stack"
        onChange={({ detail }) => {
          onChange({ ...filters, workflow: detail.selectedOption.value ?? "" });
        }}
      />
      <Select
        options={STATUSES}
        selectedOption={option(STATUSES, filters.status)}
        ariaLabel="Status"
        onChange={({ detail }) => {
          onChange({ ...filters, status: detail.selectedOption.value ?? "" });
        }}
      />
    </SpaceBetween>
  );
}
