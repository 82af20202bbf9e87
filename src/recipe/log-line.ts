/** How much a line of a log matters, the least first. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A line of a job's log. */
export interface TimedLine {
  /** ISO 8601; `null` where it was not kept. */
  readonly time: string | null;
  readonly level: LogLevel;
  readonly text: string;
}

const FORMAT = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) (debug|info|warn|error) (.*)$/s;

/** A line as it is kept: time, level, text. */
export function formatLogLine({ time, level, text }: TimedLine): string {
  return time === null ? text : `${time} ${level} ${text}`;
}

/** A line as it was kept; what another program wrote is taken as it is. */
export function parseLogLine(line: string): TimedLine {
  const match = FORMAT.exec(line);
  if (match === null) return { time: null, level: levelOf(line, false), text: line };
  return { time: match[1]!, level: match[2] as LogLevel, text: match[3]! };
}

/** Levels of pino's JSON lines, 10 for trace to 60 for fatal. */
const PINO: readonly (readonly [least: number, level: LogLevel])[] = [
  [50, "error"],
  [40, "warn"],
  [30, "info"],
  [0, "debug"],
];

/** The level of what a job printed: a JSON line says it; of plain text, stderr is for errors and Node's warnings. */
export function levelOf(text: string, isError: boolean): LogLevel {
  const stated = /^\{.*"level":(\d+)/.exec(text)?.[1];
  if (stated !== undefined) return PINO.find(([least]) => Number(stated) >= least)![1];
  if (!isError) return "info";
  return /^(\(node:\d+\) |\(Use `node )|warning\b/i.test(text) ? "warn" : "error";
}
