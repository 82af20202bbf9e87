import { StateMachine, type StateMachineDefinition } from "aws-local-stepfunctions";
import fc from "fast-check";
import { expect, test } from "vitest";

import {
  compileWorkflow,
  type Json,
  type Outcome,
  runWorkflow,
  WorkflowError,
} from "../../src/workflow/index.ts";
import { aslErrors } from "./asl-validator.ts";
import { fakeClock } from "./fake-clock.ts";
import { generate, type Generated, GeneratedWork, INPUT } from "./generated.ts";
import { memoryJournal } from "./memory-journal.ts";

type End = Pick<Outcome, "status"> & { readonly output?: unknown; readonly error?: unknown };

async function ours(generated: Generated): Promise<End> {
  const outcome = await runWorkflow(generated.workflow, INPUT, {
    name: "generated",
    runTask: new GeneratedWork(generated).run,
    journal: memoryJournal(),
    clock: fakeClock(),
  });
  if (outcome.status !== "failed") return outcome;
  return { status: "failed", error: [outcome.error, outcome.cause] };
}

/** The independent engine; it keys handlers by state and wants errors' names in `name`. */
async function theirs({ workflow, ...generated }: Generated): Promise<End> {
  const work = new GeneratedWork({ workflow, ...generated });
  const handler = async (parameters: unknown): Promise<Json> => {
    try {
      return await work.run({ parameters: parameters as Json });
    } catch (error) {
      if (!(error instanceof WorkflowError)) throw error;
      throw Object.assign(new Error(error.message), { name: error.error });
    }
  };
  const tasks = [...generated.failures.keys()];
  const machine = new StateMachine(compileWorkflow(workflow) as unknown as StateMachineDefinition, {
    validationOptions: { noValidate: true },
  });
  const overrides = {
    taskResourceLocalHandlers: Object.fromEntries(tasks.map((name) => [name, handler])),
    retryIntervalOverrides: Object.fromEntries(tasks.map((name) => [name, 0])),
    waitTimeOverrides: Object.fromEntries(generated.waits.map((name) => [name, 0])),
  };
  try {
    const { result } = machine.run(structuredClone(INPUT), {
      overrides: overrides as never,
      context: { Execution: { Name: "generated" } },
    });
    return { status: "succeeded", output: await result };
  } catch (error) {
    const { cause } = error as { cause: Error };
    return { status: "failed", error: [cause.name, cause.message] };
  }
}

test("generated workflows end as in aws-local-stepfunctions, with the same output or error", async () => {
  const ends = { succeeded: 0, failed: 0, aborted: 0 };
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (draw) => {
      const generated = generate(draw);
      const [got, expected] = await Promise.all([ours(generated), theirs(generated)]);
      expect(got).toEqual(expected);
      ends[got.status]++;
    }),
    { numRuns: 300 },
  );
  expect(ends.succeeded, "succeeded").toBeGreaterThan(50);
  expect(ends.failed, "failed").toBeGreaterThan(20);
});

test("every compiled workflow is valid for asl-validator", () => {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      expect(aslErrors(compileWorkflow(generate(draw).workflow))).toEqual([]);
    }),
    { numRuns: 12 },
  );
});
