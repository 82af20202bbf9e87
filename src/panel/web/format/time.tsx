import type { ReactNode } from "react";

// English as the pages are, in the order of dates that they have everywhere.
const LOCAL = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** A moment in the viewer's zone; in UTC on hover. */
export function Time({ at }: { readonly at: string | number | null }): ReactNode {
  if (at === null) return "–";
  const date = new Date(typeof at === "number" ? at * 1000 : at);
  return (
    <time dateTime={date.toISOString()} title={utc(date)}>
      {LOCAL.format(date)}
    </time>
  );
}

/** How long ago a moment was, in words; the moment itself on hover, in both zones. */
export function Ago({
  at,
  now = Date.now(),
}: {
  readonly at: string | null;
  readonly now?: number;
}): ReactNode {
  if (at === null) return "–";
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} title={`${LOCAL.format(date)} · ${utc(date)}`}>
      {ago((now - date.getTime()) / 1000)}
    </time>
  );
}

/** "3 min 20 s", as exact as one wants to read it. */
export function duration(seconds: number): string {
  if (seconds < 1) return "under 1 s";
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  if (seconds < 86_400) {
    return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
  }
  return `${Math.floor(seconds / 86_400)} d ${Math.round((seconds % 86_400) / 3600)} h`;
}

function ago(seconds: number): string {
  if (seconds < 60) return "just now";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  const days = Math.floor(seconds / 86_400);
  return days === 1 ? "yesterday" : `${days} days ago`;
}

function utc(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
