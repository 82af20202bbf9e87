import SegmentedControl from "@cloudscape-design/components/segmented-control";
import type { ReactNode } from "react";

import { type LogFilter, SOURCES } from "./log-query.ts";

/** Whose lines are shown, where there are several who write. */
export function LogSource({
  source,
  onChange,
}: {
  readonly source: LogFilter["source"];
  readonly onChange: (change: Partial<LogFilter>) => void;
}): ReactNode {
  // An option without an id is none: the jobs' is their name.
  const options = SOURCES.map(({ value, label }) => ({ id: value || "jobs", text: label }));
  return (
    <SegmentedControl
      label="Whose lines"
      selectedId={source || "jobs"}
      options={options}
      onChange={({ detail }) => {
        const chosen = SOURCES.find(({ value }) => value === detail.selectedId)?.value ?? "";
        // Calls of the API belong to no execution.
        onChange(
          chosen === "api" ? { source: chosen, execution: "", state: "" } : { source: chosen },
        );
      }}
    />
  );
}
