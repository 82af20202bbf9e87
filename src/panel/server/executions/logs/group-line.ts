import { type GroupEvent, isGatewayStream, type LogWriter } from "../../../../cloud/index.ts";
import { levelOf } from "../../../../recipe/index.ts";
import type { LogLine } from "../../../../schema/index.ts";

/** A line of the log group, as the log page shows it. */
export function groupLine(writer: LogWriter, event: GroupEvent): LogLine {
  const said = objectIn(event.message);
  const line = { time: event.time, workflow: null, execution: null, state: null };
  if (writer === "workflows") return { ...line, ...workflowPart(said, event.message) };
  const host = isGatewayStream(event.stream) ? "API Gateway" : "function";
  return { ...line, host, ...apiPart(said, event.message) };
}

type Said = Readonly<Record<string, unknown>>;

function objectIn(message: string): Said | undefined {
  if (!message.startsWith("{")) return undefined;
  try {
    return JSON.parse(message) as Said;
  } catch {
    return undefined;
  }
}

/** Of the function: what Lambda says of each call is for the curious; a line of its own has `level` and `msg`. */
function apiPart(said: Said | undefined, message: string): Pick<LogLine, "level" | "text"> {
  if (said === undefined) {
    const isLambdas = /^(START|END|REPORT|INIT_START) /.test(message);
    return { level: isLambdas ? "debug" : levelOf(message, false), text: message };
  }
  const { type } = said;
  if (typeof type === "string" && type.startsWith("platform.")) {
    const { status, metrics } = (said["record"] ?? {}) as Said;
    const isWell = status === undefined || status === "success";
    const text = [type, status, pairs((metrics ?? {}) as Said)].filter(Boolean).join(" ");
    return { level: isWell ? "debug" : "error", text };
  }
  const { level, msg, message: words, err } = said;
  const rest = Object.entries(said).filter(([key]) => !SAID_APART.has(key));
  const why = (err as Said | undefined)?.["message"];
  const text = [msg ?? words, pairs(Object.fromEntries(rest)), why].filter(Boolean).join(" ");
  return { level: statedLevel(level), text };
}

const SAID_APART: ReadonlySet<string> = new Set(["level", "time", "msg", "message", "err"]);

function statedLevel(level: unknown): LogLine["level"] {
  const name = String(level).toLowerCase();
  if (name === "trace" || name === "debug") return "debug";
  if (name === "warn" || name === "error") return name;
  return name === "fatal" ? "error" : "info";
}

/** Of Step Functions: an event of an execution's history. */
function workflowPart(
  said: Said | undefined,
  message: string,
): Pick<LogLine, "level" | "text" | "workflow" | "execution" | "state" | "host"> {
  const { type, details, execution_arn: arn } = said ?? {};
  const [machine = "", execution = null] = typeof arn === "string" ? arn.split(":").slice(-2) : [];
  const { name, error, cause, resource } = (details ?? {}) as Said;
  const words = [type, resource, error, cause].filter(Boolean).join(": ");
  return {
    level: levelOfEvent(String(type)),
    text: words === "" ? message : words,
    workflow: /Collector/.test(machine) ? "collector" : /Core/.test(machine) ? "core" : null,
    execution,
    state: typeof name === "string" ? name : null,
    host: "Step Functions",
  };
}

function levelOfEvent(type: string): LogLine["level"] {
  if (/Failed|TimedOut/.test(type)) return "error";
  if (type.endsWith("Aborted")) return "warn";
  return type.startsWith("Execution") ? "info" : "debug";
}

function pairs(object: Said): string {
  return Object.entries(object)
    .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" ");
}
