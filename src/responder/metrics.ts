import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";

import { latencyHistogram } from "./latency.ts";
import type { Served } from "./served.ts";

/** Figures that only the rest of the responder knows. */
export interface ResponderMetrics {
  readonly refreshFailed: () => void;
}

/** `/metrics` for Prometheus: requests, latency, what is served and its age by a clock of Unix seconds. */
export function addMetrics(
  app: FastifyInstance,
  served: Served,
  clock: () => number,
): ResponderMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const latency = latencyHistogram(registers);
  const failures = new Counter({
    name: "recsys_refresh_failures_total",
    help: "Looks at the serving pointer that failed; the old execution stayed served",
    registers,
  });
  addServedGauges(registers, served, clock);

  app.addHook("onResponse", ({ is404, routeOptions, method }, reply, done) => {
    // Unknown paths are counted together: they are the caller's to choose, and without end.
    const route = (is404 ? undefined : routeOptions.url) ?? "unknown";
    latency.record({ route, method, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
  app.get("/metrics", async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  return {
    refreshFailed: () => {
      failures.inc();
    },
  };
}

function addServedGauges(registers: Registry[], served: Served, clock: () => number): void {
  new Gauge({
    name: "recsys_served_execution",
    help: "1 for the execution that is served",
    labelNames: ["execution"],
    registers,
    collect() {
      this.reset();
      if (served.current !== undefined) this.set({ execution: served.current.execution }, 1);
    },
  });
  new Gauge({
    name: "recsys_served_age_seconds",
    help: "Time since the served recommendations were made",
    registers,
    collect() {
      this.reset();
      const createdAt = served.current?.createdAt;
      if (createdAt !== undefined) this.set(clock() - Date.parse(createdAt) / 1000);
    },
  });
}
