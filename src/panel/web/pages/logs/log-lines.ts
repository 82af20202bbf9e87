import type { LogLine } from "../../../../schema/index.ts";

/** Lines kept in the browser; older ones are on the server. */
export const KEPT_LINES = 2000;

/** A line with a number of its own, by which it is known while others come and go. */
export interface NumberedLine {
  readonly number: number;
  readonly line: LogLine;
}

/** The lines with fresh ones below them: the latest {@link KEPT_LINES}. */
export function appended(
  lines: readonly NumberedLine[],
  fresh: readonly LogLine[],
): readonly NumberedLine[] {
  if (fresh.length === 0) return lines;
  const first = (lines.at(-1)?.number ?? 0) + 1;
  const added = fresh.map((line, index) => ({ number: first + index, line }));
  return [...lines, ...added].slice(-KEPT_LINES);
}

/**
 * What was read, and below it what the stream has sent meanwhile: a line that is in both, since the two overlap by an
 * unknown number of lines, comes once.
 */
export function joined(
  readLines: readonly LogLine[],
  streamed: readonly LogLine[],
): readonly LogLine[] {
  const counts = new Map<string, number>();
  for (const line of readLines) {
    const key = JSON.stringify(line);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const missing = streamed.filter((line) => {
    const key = JSON.stringify(line);
    const left = counts.get(key) ?? 0;
    counts.set(key, left - 1);
    return left <= 0;
  });
  return [...readLines, ...missing];
}

/** The states that the lines name, sorted. */
export function statesOf(lines: readonly NumberedLine[]): readonly string[] {
  return [...new Set(lines.flatMap(({ line }) => line.state ?? []))].toSorted();
}
