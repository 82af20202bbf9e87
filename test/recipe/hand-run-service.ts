import type { PrintedLine, WorkflowService } from "../../src/recipe/index.ts";
import type { Happening, Json, WorkflowEvent } from "../../src/workflow/index.ts";

/** A service whose executions go as the test says: what a look at its history and at its jobs' lines gives. */
export interface HandRunService extends WorkflowService {
  /** What has happened so far. */
  readonly history: WorkflowEvent[];
  /** Adds to it. */
  happens(...happenings: readonly Happening[]): void;
  /** Has a job's host print a line. */
  print(line: Omit<PrintedLine, "time">): void;
  /** What its calls do beside that. */
  on: Partial<Record<"stop" | "goOn" | "read", () => void>>;
  input: Parameters<WorkflowService["start"]>[2] | undefined;
}

export const LINE_TIME = "2026-11-26T10:00:01.000Z";

export function handRunService(): HandRunService {
  const lines: PrintedLine[] = [];
  const service: HandRunService = {
    place: "a service of the test",
    history: [],
    input: undefined,
    on: {},
    happens: (...happenings) => {
      const time = "2026-11-26T10:00:00.000Z";
      service.history.push(...happenings.map((one) => ({ time, ...one })));
    },
    print: (line) => {
      lines.push({ time: LINE_TIME, ...line });
    },
    start: (_, name, input) => {
      service.input = input;
      service.happens({ type: "ExecutionStarted", name, input: input as unknown as Json });
      return Promise.resolve("id");
    },
    events: () => Promise.resolve([...service.history]),
    stop: () => Promise.resolve().then(() => service.on.stop?.()),
    goOn: () => Promise.resolve().then(() => service.on.goOn?.()),
    prints: (_, namePrefix) => {
      let read = 0;
      return (tell) =>
        Promise.resolve().then(() => {
          service.on.read?.();
          for (; read < lines.length; read++) {
            if (lines[read]!.job.startsWith(namePrefix)) tell(lines[read]!);
          }
        });
    },
  };
  return service;
}

/** A run of a state at the top. */
export function runOf(state: string, run = 1) {
  return { path: [], state, run } as const;
}
