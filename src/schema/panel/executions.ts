import { z } from "zod";

export const ExecutionStatus = z.enum(["running", "interrupted", "succeeded", "failed", "aborted"]);
export const WorkflowKind = z.enum(["collector", "core"]);

/** A row of `GET /panel/api/executions`. */
export const ExecutionSummary = z.strictObject({
  workflow: WorkflowKind,
  name: z.string(),
  status: ExecutionStatus,
  /** A core execution whose model did not pass the gate has failed in the state ModelRejected. */
  rejected: z.boolean(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** The state that it is in or failed in, and why it failed. */
  state: z.string().nullable(),
  detail: z.string(),
  /** Who started it in the panel; `null` for the command line. */
  startedBy: z.string().nullable(),
  /** Is it what is current (collector) or served (core)? */
  current: z.boolean(),
  /** Headline figures: rows of a collector's, NDCG@10 of a core's. */
  figures: z.record(z.string(), z.number()),
});
export type ExecutionSummary = z.infer<typeof ExecutionSummary>;

/** `POST /panel/api/executions`. */
export const ExecutionOrder = z.strictObject({
  workflow: WorkflowKind,
  name: z.string(),
  /** Core only: score with this execution's model, without training. */
  model: z.string().optional(),
});
export type ExecutionOrder = z.infer<typeof ExecutionOrder>;

/** A node of the workflow's graph; `Map` states hold states of their own. */
export const GraphState = z.strictObject({
  name: z.string(),
  type: z.string(),
  comment: z.string(),
  /** The Map state around it. */
  parent: z.string().nullable(),
  next: z.array(z.strictObject({ to: z.string(), label: z.string() })),
});
export type GraphState = z.infer<typeof GraphState>;

/** One attempt at one state. */
export const StateAttempt = z.strictObject({
  run: z.int(),
  /** Iteration of the Map state around it, from 0 on. */
  iteration: z.int().nullable(),
  status: z.enum(["running", "succeeded", "failed", "stopped"]),
  enteredAt: z.string(),
  endedAt: z.string().nullable(),
  input: z.unknown(),
  output: z.unknown(),
  error: z.strictObject({ error: z.string(), cause: z.string() }).nullable(),
});
export type StateAttempt = z.infer<typeof StateAttempt>;

/** What a running state says of itself. */
export const StateProgress = z.strictObject({
  activity: z.string(),
  done: z.number().nullable(),
  total: z.number().nullable(),
  unit: z.string().nullable(),
  figures: z.record(z.string(), z.number()),
  /** Units a second, and seconds left at that rate; `null` until they can be told. */
  rate: z.number().nullable(),
  secondsLeft: z.number().nullable(),
});
export type StateProgress = z.infer<typeof StateProgress>;

/** How a state stands now, all its attempts together. */
export const StateStanding = z.strictObject({
  state: z.string(),
  /** `overruled`: it failed, and a person let the execution go on as if it had not; `note` says who and why. */
  status: z.enum(["pending", "running", "succeeded", "failed", "overruled", "stopped", "skipped"]),
  note: z.string().nullable(),
  attempts: z.array(StateAttempt),
  progress: StateProgress.nullable(),
});
export type StateStanding = z.infer<typeof StateStanding>;

/** What the jobs of an execution in AWS have cost, those that failed too. */
export const Spending = z.strictObject({
  /** `null` where no price is known for one of the instance types. */
  usd: z.number().nullable(),
  /** Is it by a table that was written down by hand, rather than by the owner's own prices? */
  isRough: z.boolean(),
  states: z.array(
    z.strictObject({ state: z.string(), seconds: z.number(), usd: z.number().nullable() }),
  ),
  /** Which instances, and by which prices. */
  words: z.array(z.string()),
});
export type Spending = z.infer<typeof Spending>;

/**
 * `GET /panel/api/executions/:workflow/:name`, and each event `execution` of its stream `…/events`
 * (server-sent events): always the whole picture, so that a page that comes late or comes back is right.
 */
export const ExecutionView = z.strictObject({
  summary: ExecutionSummary,
  graph: z.array(GraphState),
  startAt: z.string(),
  states: z.array(StateStanding),
  inputs: z.record(z.string(), z.string()),
  config: z.record(z.string(), z.unknown()),
  /** What its jobs have cost so far; `null` on one machine, where nobody is paid. */
  spent: Spending.nullable(),
  may: z.strictObject({
    stop: z.boolean(),
    /** Goes on from the failed state. */
    retry: z.boolean(),
    /** Serves a rejected model all the same. */
    promote: z.boolean(),
  }),
});
export type ExecutionView = z.infer<typeof ExecutionView>;

/** The shortest reason for which a rejected model may be promoted, in characters. */
export const SHORTEST_REASON = 10;
/** `POST …/promote`: why a rejected model is to be served. */
export const Promotion = z.strictObject({
  reason: z.string().trim().min(SHORTEST_REASON).max(1000),
});
/** `POST /panel/api/rollback`: `to` names an execution that is kept; without it, the one before. */
export const RollBack = z.strictObject({ to: z.string().optional() });

/** Of `GET /panel/api/executions`: a row must pass all; `text` may stand in its name, state, detail or starter. */
export const ExecutionFilter = z.strictObject({
  workflow: WorkflowKind.optional(),
  status: z.union([ExecutionStatus, z.literal("rejected")]).optional(),
  text: z.string().max(200).optional(),
  /** The newest so many. */
  limit: z.coerce.number().int().min(1).optional(),
});
export type ExecutionFilter = z.infer<typeof ExecutionFilter>;

/** `GET /panel/api/compare?a=…&b=…`: two core executions. */
export const ExecutionComparison = z.strictObject({
  executions: z.array(ExecutionSummary).length(2),
  /** Users, items, rows, and what else was counted of the data of each. */
  data: z.array(
    z.strictObject({ name: z.string(), values: z.array(z.number().nullable()).length(2) }),
  ),
  metrics: z.array(
    z.strictObject({
      name: z.string(),
      estimates: z
        .array(z.strictObject({ value: z.number(), low: z.number(), high: z.number() }).nullable())
        .length(2),
    }),
  ),
  /** Settings that differ. */
  settings: z.array(z.strictObject({ path: z.string(), values: z.array(z.unknown()).length(2) })),
  /** `null` where the recommendations of one of them are no longer kept. */
  top10: z
    .strictObject({
      /** Users whom both know, and whose ten best novel items were compared. */
      users: z.int(),
      /** Those whose ten differ as a set. */
      changedUsers: z.int(),
      /** Share of the ten that stands in both lists, 0–1, the mean over the users. */
      meanShared: z.number(),
      /** Users of the first execution, where only a sample of them was compared; `null` where all were. */
      sampledFrom: z.int().nullable(),
    })
    .nullable(),
});
export type ExecutionComparison = z.infer<typeof ExecutionComparison>;

const LogLevel = z.enum(["debug", "info", "warn", "error"]);

/** Of `GET /panel/api/logs` and its stream: the latest lines that pass all that is given. */
export const LogFilter = z.strictObject({
  /** `jobs` of the executions; in AWS, what the API and the state machines write to the log group, which no stream follows. */
  source: z.enum(["jobs", "api", "workflows"]).default("jobs"),
  workflow: WorkflowKind.optional(),
  execution: z.string().max(80).optional(),
  state: z.string().max(80).optional(),
  /** This level and what matters more. */
  level: LogLevel.optional(),
  text: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(5000).default(500),
});
export type LogFilter = z.infer<typeof LogFilter>;

/** A line of `GET /panel/api/logs`, and the event `line` of its stream `GET /panel/api/logs/stream`. */
export const LogLine = z.strictObject({
  time: z.string().nullable(),
  level: LogLevel,
  workflow: WorkflowKind.nullable(),
  execution: z.string().nullable(),
  state: z.string().nullable(),
  /** The job's host, such as "algo-1"; "workflow" for what the workflow itself says, such as why a state failed; in AWS also "function", "API Gateway", "Step Functions". */
  host: z.string(),
  text: z.string(),
});
export type LogLine = z.infer<typeof LogLine>;
