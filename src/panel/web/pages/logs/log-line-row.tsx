import {
  colorTextBodyDefault,
  colorTextBodySecondary,
  colorTextStatusError,
  colorTextStatusWarning,
} from "@cloudscape-design/design-tokens";
import { memo } from "react";

import type { LogLine } from "../../../../schema/index.ts";

const TIME = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

const COLOURS: Readonly<Record<LogLine["level"], string>> = {
  debug: colorTextBodySecondary,
  info: colorTextBodyDefault,
  warn: colorTextStatusWarning,
  error: colorTextStatusError,
};

/** A line of the log: when, how bad, from where, and what it says. Drawn once. */
export const LogLineRow = memo(function LogLineRow({
  line,
  withExecution,
}: {
  readonly line: LogLine;
  readonly withExecution: boolean;
}) {
  const { time, level, execution, state, host, text } = line;
  const from = [withExecution ? execution : null, state, host]
    .filter((part) => part !== null)
    .join(" · ");
  return (
    <div className="log-line">
      <span style={{ color: colorTextBodySecondary }}>
        {time === null ? (
          "–"
        ) : (
          <time dateTime={time} title={`${time.replace("T", " ").replace("Z", "")} UTC`}>
            {TIME.format(new Date(time))}
          </time>
        )}
      </span>
      <span style={{ color: COLOURS[level] }}>{level}</span>
      <span style={{ color: colorTextBodySecondary }}>{from}</span>
      <span className="log-text" style={{ color: COLOURS[level] }}>
        {text}
      </span>
    </div>
  );
});
