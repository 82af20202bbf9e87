import type { BurnList, PreparedDeployment, ShownEvent } from "../../cloud/index.ts";
import { table } from "../output/table.ts";

/** What a deployment would change, as lines. */
export function changesText({ stack, isNew, changes, isNothing }: PreparedDeployment): string {
  if (isNothing) return `${stack} is as ordered already.`;
  if (changes.length === 0) return `${stack}: no resource changes, only what it tells.`;
  const rows = changes.map(({ action, resource, type }) => [action, resource, type]);
  return `${stack}${isNew ? ", which is new" : ""}:\n${table(["", "resource", "type"], rows)}`;
}

/** What burning would remove and what would stay, as lines. */
export function burnText({ stack, removed, kept }: BurnList): string {
  const rows = [
    ...removed.map(({ resource, type, id }) => ["remove", resource, type, id]),
    ...kept.map(({ resource, type, id }) => ["keep", resource, type, id]),
  ];
  return `${stack}:\n${table(["", "resource", "type", "name or id"], rows)}\nYour bucket with everything in it and the log group stay.`;
}

/** An event as a line. */
export function eventLine({ at, status, resource, type, reason }: ShownEvent): string {
  const why = reason === null || reason === "" ? "" : `: ${reason}`;
  return `${at.slice(11, 19)}  ${status.padEnd(28)} ${resource} (${type})${why}`;
}
