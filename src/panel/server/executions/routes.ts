import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";

import { rollback, type WorkflowName } from "../../../recipe/index.ts";
import {
  ExecutionFilter,
  ExecutionOrder,
  type ExecutionSummary,
  type ExecutionView,
  Promotion,
  RollBack,
  WorkflowKind,
} from "../../../schema/index.ts";
import { type AddRoutes, type PanelContext, PanelError } from "../context.ts";
import { addCompareRoute } from "./compare/routes.ts";
import { EventStreams } from "./event-stream.ts";
import { ExecutionIndex } from "./execution-index.ts";
import type { ExecutionsContext } from "./executions-context.ts";
import { addLogRoutes } from "./logs/routes.ts";
import { addModelRoutes } from "./models/routes.ts";
import { parseBody, parseQuery } from "../parsed.ts";
import { refused } from "./refused.ts";
import { ExecutionService } from "./service.ts";
import { Views } from "./views.ts";
import { Watchers } from "./watchers.ts";

/** Adds the routes of executions: start, watch, stop, retry, promote, compare, roll back; models and logs. */
export const addExecutionRoutes: AddRoutes = executionRoutes();

/** The same with other settings than the product's. */
export function executionRoutes(
  settings: Partial<Omit<ExecutionsContext, "panel">> = {},
): AddRoutes {
  return (app, panel) => {
    const context: ExecutionsContext = {
      panel,
      jobEntry: undefined,
      pollMilliseconds: 1000,
      quietMilliseconds: 250,
      heartbeatMilliseconds: 15_000,
      ...settings,
    };
    const index = new ExecutionIndex(panel.bucket, (workflow, name, error) => {
      panel.log.warn({ err: error, workflow, name }, "the record of an execution cannot be read");
    });
    const service = new ExecutionService(context, index);
    const streams = new EventStreams(context.heartbeatMilliseconds);
    const views = new Views(panel, index, service);
    addReading(app, index, views);
    addWatching(app, new Watchers(views, service, context), views, streams);
    addRunning(app, context, service, index);
    addCompareRoute(app, panel.bucket, index);
    addModelRoutes(app, panel.bucket, index);
    addLogRoutes(app, { panel, index, service, streams });
    app.addHook("onReady", (done) => {
      service.resume().catch((error: unknown) => {
        panel.log.error({ err: error }, "interrupted executions cannot be taken up");
      });
      done();
    });
    if (panel.cloud !== undefined) followElsewhere(app, panel, service);
    // Before the server waits for its last answers: streams would never be one.
    app.addHook("preClose", (done) => {
      streams.close();
      done();
    });
    app.addHook("onClose", () => service.suspend());
  };
}

/** Between two looks for executions in AWS that nobody here follows: the command line may have left one. */
const LOOK_ELSEWHERE_MS = 15_000;

function followElsewhere(
  app: FastifyInstance,
  panel: PanelContext,
  service: ExecutionService,
): void {
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    service
      .followElsewhere()
      .catch((error: unknown) => {
        panel.log.error({ err: error }, "executions in AWS cannot be looked for");
      })
      .finally(() => {
        timer = setTimeout(look, LOOK_ELSEWHERE_MS).unref();
      });
  };
  app.addHook("onReady", (done) => {
    look();
    done();
  });
  app.addHook("preClose", (done) => {
    clearTimeout(timer);
    done();
  });
}

const Name = z.string().regex(/^[A-Za-z0-9_-]{1,80}$/);
const One = z.object({ workflow: WorkflowKind, name: Name });

function addReading(app: FastifyInstance, index: ExecutionIndex, views: Views): void {
  app.get("/panel/api/executions", { config: { access: "viewer" } }, async (request) => {
    const { workflow, status, text, limit } = parseQuery(ExecutionFilter, request);
    const rows = await index.list(workflow === undefined ? undefined : [workflow]);
    return rows.filter((row) => hasStatus(row, status) && mentions(row, text)).slice(0, limit);
  });
  app.get(
    "/panel/api/executions/:workflow/:name",
    { config: { access: "viewer" } },
    async (request): Promise<ExecutionView> => {
      const { workflow, name } = oneOf(request);
      return (await views.of(workflow, name)) ?? missing(workflow, name);
    },
  );
}

function hasStatus(row: ExecutionSummary, status: ExecutionFilter["status"]): boolean {
  if (status === undefined) return true;
  return status === "rejected" ? row.rejected : row.status === status;
}

function mentions(row: ExecutionSummary, text = ""): boolean {
  const wanted = text.trim().toLowerCase();
  const { name, state, detail, startedBy } = row;
  return [name, state, detail, startedBy].some((part) => part?.toLowerCase().includes(wanted));
}

function addWatching(
  app: FastifyInstance,
  watchers: Watchers,
  views: Views,
  streams: EventStreams,
): void {
  app.get(
    "/panel/api/executions/:workflow/:name/events",
    { config: { access: "viewer" } },
    async (request, reply) => {
      const { workflow, name } = oneOf(request);
      if (request.headers["last-event-id"] === ENDED) {
        // A page's EventSource comes back after every end; 204 tells it to stay away.
        const view = await views.of(workflow, name);
        if (view !== undefined && !["running", "interrupted"].includes(view.summary.status)) {
          return reply.code(204).send();
        }
      }
      const stream = streams.answer(reply);
      const unwatch = watchers.watch(workflow, name, (data, isLast) => {
        stream.sendLatest({ event: "execution", data, ...(isLast ? { id: ENDED } : {}) });
        if (isLast) stream.end();
      });
      stream.onClose(unwatch);
      return reply;
    },
  );
}

/** The id of a stream's last event. */
const ENDED = "ended";

function addRunning(
  app: FastifyInstance,
  { panel }: ExecutionsContext,
  service: ExecutionService,
  index: ExecutionIndex,
): void {
  const operator = { config: { access: "operator" } } as const;
  const known = async (request: FastifyRequest) => {
    const { workflow, name } = oneOf(request);
    const row = (await index.find(workflow, name)) ?? missing(workflow, name);
    return { workflow, name, row, subject: `${workflow} ${name}` };
  };
  const standing = async (workflow: WorkflowName, name: string): Promise<ExecutionSummary> =>
    (await index.find(workflow, name)) ?? missing(workflow, name);

  app.post("/panel/api/executions", operator, async (request, reply) => {
    const order = parseBody(ExecutionOrder, request);
    const { workflow, name, model } = order;
    await service.start(order, personOf(request));
    const detail = model === undefined ? undefined : `with the model of ${model}`;
    panel.audit(request, "execute", `${workflow} ${name}`, detail);
    return reply.code(201).send(await standing(workflow, name));
  });
  app.post("/panel/api/executions/:workflow/:name/stop", operator, async (request, reply) => {
    const { workflow, name, subject } = await known(request);
    await service.stop(workflow, name, personOf(request));
    panel.audit(request, "stop", subject);
    return reply.code(202).send(await standing(workflow, name));
  });
  app.post("/panel/api/executions/:workflow/:name/retry", operator, async (request, reply) => {
    const { workflow, name, row, subject } = await known(request);
    await service.retry(workflow, name);
    panel.audit(request, "retry", subject, row.state === null ? undefined : `from ${row.state}`);
    return reply.code(202).send(await standing(workflow, name));
  });
  app.post(
    "/panel/api/executions/:workflow/:name/promote",
    { config: { access: "admin" } },
    async (request, reply) => {
      const { workflow, name, subject } = await known(request);
      const { reason } = parseBody(Promotion, request);
      if (workflow !== "core") {
        throw new PanelError(409, "conflict", "only the model of a core execution can be promoted");
      }
      await service.promote(name, personOf(request), reason);
      panel.audit(request, "promote", subject, reason);
      return reply.code(202).send(await standing(workflow, name));
    },
  );
  app.post("/panel/api/rollback", operator, async (request) => {
    const { to } = parseBody(RollBack, request);
    const swapped = await rollback(panel.bucket, to).catch((error: unknown) => {
      throw refused(error);
    });
    panel.audit(request, "roll back", `core ${swapped.served}`, `until now ${swapped.before}`);
    return swapped;
  });
}

function oneOf(request: FastifyRequest): { workflow: WorkflowName; name: string } {
  const result = One.safeParse(request.params);
  if (!result.success) throw new PanelError(404, "not_found", "there is no such execution");
  return result.data;
}

function missing(workflow: WorkflowName, name: string): never {
  throw new PanelError(404, "not_found", `there is no ${workflow} execution "${name}"`);
}

function personOf({ visitor }: FastifyRequest): string {
  if (visitor === null) throw new PanelError(401, "not_logged_in", "log in first");
  return visitor.name;
}
