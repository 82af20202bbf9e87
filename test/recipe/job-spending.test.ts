import { expect, test } from "vitest";

import { jobPrefix, jobSpending } from "../../src/recipe/index.ts";
import { RecSysConfig } from "../../src/schema/index.ts";
import type { Json, WorkflowEvent } from "../../src/workflow/index.ts";

const { instances } = RecSysConfig.parse({
  instances: {
    collector: { instanceCount: 3, instanceType: "ml.c5.xlarge" },
    training: { instanceType: "ml.m5.large" },
  },
});
const input = {
  ...{ bucket: "s3://shop", prefix: "p", execution: "one", jobPrefix: jobPrefix("one") },
  ...{ instances, rounds: [], inputs: {} },
} as unknown as Json;
const at = (seconds: number) => new Date(1_790_000_000_000 + 1000 * seconds).toISOString();
const runOf = (state: string, run: number) => ({ path: [], state, run });

function entered(state: string, seconds: number, run = 1): WorkflowEvent {
  return { time: at(seconds), type: "StateEntered", ...runOf(state, run), input };
}
function done(state: string, seconds: number, result: Json, run = 1): WorkflowEvent {
  const place = { time: at(seconds), ...runOf(state, run) };
  return { ...place, type: "StateSucceeded", output: {}, result, next: null };
}
function failed(state: string, seconds: number, run = 1): WorkflowEvent {
  const why = { error: "E", cause: "" };
  return { time: at(seconds), type: "StateFailed", ...runOf(state, run), ...why };
}

test("a job costs the time that SageMaker states, not that of the machine's start, on each of its instances", () => {
  const times = { ProcessingStartTime: 1_790_000_120_000, ProcessingEndTime: 1_790_000_300_000 };
  const spent = jobSpending("collector", [
    entered("Collect", 0),
    done("Collect", 360, { ProcessingJobName: "x", ...times }),
    entered("IsShared", 360),
    { ...done("IsShared", 361, null), result: null } as WorkflowEvent,
  ]);
  // 180 s on three instances.
  expect(spent).toEqual([
    { state: "Collect", seconds: 180, instanceType: "ml.c5.xlarge", instanceHours: 0.15 },
  ]);
});

test("of a training job the billable time counts, which is shorter where spot instances waited", () => {
  const [train] = jobSpending("core", [
    entered("Train", 0),
    done("Train", 1000, {
      TrainingJobName: "x",
      BillableTimeInSeconds: 720,
      TrainingStartTime: "2026-11-26T10:00:00.000Z",
      TrainingEndTime: "2026-11-26T10:15:00.000Z",
    }),
  ]);
  expect(train).toMatchObject({ state: "Train", seconds: 720, instanceHours: 0.2 });
});

test("runs that failed were paid for too, by the clock where nothing is stated; what still runs is left out", () => {
  const spent = jobSpending("core", [
    entered("Train", 0),
    failed("Train", 36),
    entered("Train", 40, 2),
    done("Train", 76, { TrainingJobName: "x" }, 2),
    entered("Evaluate", 80),
  ]);
  expect(spent).toMatchObject([{ state: "Train", seconds: 72, instanceHours: 0.02 }]);
});
