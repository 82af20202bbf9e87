import Box from "@cloudscape-design/components/box";
import { memo, type ReactNode } from "react";

import type { LogLine } from "../../../../schema/index.ts";

const TIME = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

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
      <span className="faint">
        {time === null ? (
          "–"
        ) : (
          <time dateTime={time} title={`${time.replace("T", " ").replace("Z", "")} UTC`}>
            {TIME.format(new Date(time))}
          </time>
        )}
      </span>
      <span className={level === "debug" ? "faint" : ""}>
        <Coloured level={level}>{level}</Coloured>
      </span>
      <span className="faint">{from}</span>
      <span className={level === "debug" ? "log-text faint" : "log-text"}>
        <Coloured level={level}>{text}</Coloured>
      </span>
    </div>
  );
});

/** In the colour of its level; the others, which are most, stay as they are. */
function Coloured({
  level,
  children,
}: {
  readonly level: LogLine["level"];
  readonly children: string;
}): ReactNode {
  if (level !== "error" && level !== "warn") return children;
  const color = level === "error" ? "text-status-error" : "text-status-warning";
  return (
    <Box variant="code" color={color}>
      {children}
    </Box>
  );
}
