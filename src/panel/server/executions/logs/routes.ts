import type { FastifyInstance } from "fastify";

import { LogFilter, type LogLine } from "../../../../schema/index.ts";
import type { PanelContext } from "../../context.ts";
import type { EventStreams } from "../event-stream.ts";
import type { ExecutionIndex } from "../execution-index.ts";
import { parseQuery } from "../../parsed.ts";
import type { ExecutionService } from "../service.ts";
import { passes } from "./filter.ts";
import { groupLines } from "./group-lines.ts";
import { keptLines } from "./kept-lines.ts";

/** Executions whose logs are read where none is named, the latest first. */
const MOST_EXECUTIONS = 20;

interface LogSources {
  readonly panel: PanelContext;
  readonly index: ExecutionIndex;
  readonly service: ExecutionService;
  readonly streams: EventStreams;
}

/** `GET /panel/api/logs`, and its stream that follows what the executions of this process print. */
export function addLogRoutes(app: FastifyInstance, sources: LogSources): void {
  const viewer = { config: { access: "viewer" } } as const;

  app.get("/panel/api/logs", viewer, async (request) => {
    const filter = parseQuery(LogFilter, request);
    const { source } = filter;
    return source === "jobs"
      ? latestLines(sources, filter)
      : groupLines(sources.panel, source, filter);
  });

  app.get("/panel/api/logs/stream", viewer, async (request, reply) => {
    const filter = parseQuery(LogFilter, request);
    const { service, streams } = sources;
    const stream = streams.answer(reply);
    let leftOut = 0;
    const onLine = (line: LogLine): void => {
      if (!passes(line, filter)) return;
      if (leftOut > 0) {
        const text = `${leftOut} lines came too fast to be shown here; the log has them`;
        const note: LogLine = { ...line, level: "warn", text };
        if (stream.send({ event: "line", data: JSON.stringify(note) })) leftOut = 0;
      }
      if (!stream.send({ event: "line", data: JSON.stringify(line) })) leftOut++;
    };
    service.on("log", onLine);
    stream.onClose(() => service.off("log", onLine));
    return reply;
  });
}

/** The latest lines that pass, in the order of time. */
async function latestLines(
  { panel: { bucket }, index, service }: LogSources,
  filter: LogFilter,
): Promise<readonly LogLine[]> {
  const { workflow, execution, limit } = filter;
  const rows = await index.list(workflow === undefined ? undefined : [workflow]);
  const wanted = rows.filter(({ name }) => execution === undefined || name === execution);
  const lines: LogLine[] = [];
  for (const row of wanted.slice(0, MOST_EXECUTIONS)) {
    const live = service.live(row.workflow, row.name);
    const all = [...(await keptLines(bucket, row.workflow, row.name)), ...(live?.lines() ?? [])];
    lines.push(...all.filter((line) => passes(line, filter)));
    if (lines.length >= limit) break;
  }
  return lines.toSorted(byTime).slice(-limit);
}

/** Lines whose time was not kept come first. */
function byTime({ time: a }: LogLine, { time: b }: LogLine): number {
  if (a === b) return 0;
  return (a ?? "") < (b ?? "") ? -1 : 1;
}
