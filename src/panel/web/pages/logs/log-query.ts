import type { LogLine } from "../../../../schema/index.ts";

/** What of the log group is shown; it stands in the page's address, so that it can be sent to others. */
export interface LogFilter {
  /** Who has said it; empty for the jobs of the executions. In AWS there are others. */
  readonly source: "" | "api" | "workflows";
  /** "core/core-20261126-101500"; empty for all. */
  readonly execution: string;
  readonly state: string;
  /** The least level shown. */
  readonly level: LogLine["level"] | "";
  readonly text: string;
}

/** Levels to choose from, each with those that are worse. */
export const LEVELS: readonly { readonly value: LogFilter["level"]; readonly label: string }[] = [
  { value: "", label: "All lines" },
  { value: "info", label: "Information and worse" },
  { value: "warn", label: "Warnings and errors" },
  { value: "error", label: "Errors only" },
];

/** Whose lines there are to choose from in AWS. */
export const SOURCES: readonly { readonly value: LogFilter["source"]; readonly label: string }[] = [
  { value: "", label: "Jobs of the executions" },
  { value: "workflows", label: "State machines" },
  { value: "api", label: "REST API" },
];

/** The filter that an address holds. */
export function filterOf(address: URLSearchParams): LogFilter {
  const level = LEVELS.find(({ value }) => value === address.get("level"))?.value ?? "";
  const source = SOURCES.find(({ value }) => value === address.get("source"))?.value ?? "";
  return {
    source,
    execution: address.get("execution") ?? "",
    state: address.get("state") ?? "",
    level,
    text: address.get("text") ?? "",
  };
}

/** The filter as an address holds it. */
export function addressOf(filter: LogFilter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
}

/** The filter as the server's log routes take it. */
export function serverQuery({ execution, ...rest }: LogFilter): string {
  const [workflow = "", name = ""] = execution.split("/");
  return new URLSearchParams(
    Object.entries({ workflow, execution: name, ...rest }).filter(([, value]) => value !== ""),
  ).toString();
}
