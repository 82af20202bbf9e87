import { LOG_LEVELS } from "../../../../recipe/index.ts";
import type { LogFilter, LogLine } from "../../../../schema/index.ts";

/** Does a line pass all that is asked? */
export function passes(line: LogLine, filter: LogFilter): boolean {
  const { workflow, execution, state, level, text } = filter;
  return (
    (workflow === undefined || line.workflow === workflow) &&
    (execution === undefined || line.execution === execution) &&
    (state === undefined || line.state === state) &&
    (level === undefined || LOG_LEVELS.indexOf(line.level) >= LOG_LEVELS.indexOf(level)) &&
    (text === undefined || line.text.toLowerCase().includes(text.toLowerCase()))
  );
}
