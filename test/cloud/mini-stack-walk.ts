import { createHash } from "node:crypto";

import type { WorkflowName } from "../../src/recipe/index.ts";
import type { Json } from "../../src/workflow/index.ts";
import { DEFINITIONS } from "../../src/recipe/index.ts";
import type { Workflow } from "../../src/workflow/index.ts";
import type { Emulator } from "./emulator.ts";
import type { CASES } from "./path-cases.ts";

const MACHINES = {
  collector: "RecSysRecipeCollectorWorkflow",
  core: "RecSysRecipeCoreWorkflow",
} as const;

/** A name that may stand in an ARN. */
function caseName(what: string, workflow: WorkflowName): string {
  return `c${createHash("sha256")
    .update(workflow + what)
    .digest("hex")
    .slice(0, 12)}`;
}

function jobStates({ states }: Workflow): readonly string[] {
  return Object.entries(states).flatMap(([name, state]) =>
    state.type === "Task" ? [name] : state.type === "Map" ? jobStates(state.itemProcessor) : [],
  );
}

/** The jobs' outcomes in the format of AWS's Step Functions Local: at the border to SageMaker, which MiniStack lacks. */
export function mockConfiguration(cases: typeof CASES): object {
  const responses: Record<string, object> = {
    Done: { "0-999": { Return: { ExitMessage: "{}" } } },
  };
  const machines: Record<string, { TestCases: Record<string, Record<string, string>> }> = {
    [MACHINES.collector]: { TestCases: {} },
    [MACHINES.core]: { TestCases: {} },
  };
  for (const [what, workflow, outcomes] of cases) {
    const states: Record<string, string> = {};
    for (const state of jobStates(DEFINITIONS[workflow])) {
      const outcome = outcomes[state]?.[0];
      states[state] = outcome === undefined ? "Done" : `${caseName(what, workflow)}${state}`;
      if (outcome === undefined) continue;
      responses[states[state]] = {
        "0-999":
          "message" in outcome
            ? { Return: { ExitMessage: JSON.stringify(outcome.message) } }
            : { Throw: { Error: outcome.error, Cause: outcome.cause } },
      };
    }
    machines[MACHINES[workflow]]!.TestCases[caseName(what, workflow)] = states;
  }
  return { StateMachines: machines, MockedResponses: responses };
}

/** Starts an execution of the deployed state machine, waits for its end, and says which jobs' states it entered. */
export async function walkStack(
  aws: Emulator,
  what: string,
  workflow: WorkflowName,
  input: Json,
  name = caseName(what, workflow),
): Promise<{ readonly entered: readonly string[]; readonly end: string }> {
  const { stateMachines } = await aws.json("states", "AWSStepFunctions.ListStateMachines", {});
  const { stateMachineArn } = (
    stateMachines as readonly { name: string; stateMachineArn: string }[]
  ).find((machine) => machine.name === MACHINES[workflow])!;
  const { executionArn } = await aws.json("states", "AWSStepFunctions.StartExecution", {
    stateMachineArn: `${stateMachineArn}#${caseName(what, workflow)}`,
    name,
    input: JSON.stringify(input),
  });
  for (;;) {
    const execution = await aws.json("states", "AWSStepFunctions.DescribeExecution", {
      executionArn,
    });
    if (execution["status"] !== "RUNNING") {
      const { events } = await aws.json("states", "AWSStepFunctions.GetExecutionHistory", {
        executionArn,
        maxResults: 1000,
      });
      const entered = (events as readonly HistoryEvent[]).flatMap(
        ({ type, stateEnteredEventDetails }) =>
          type === "TaskStateEntered" ? [stateEnteredEventDetails!.name] : [],
      );
      const { status, error, cause } = execution as Readonly<Record<string, string | null>>;
      const end = [String(status).toLowerCase(), error, cause].filter(
        (part) => part !== undefined && part !== null,
      );
      return { entered, end: end.join(" ") };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

interface HistoryEvent {
  readonly type: string;
  readonly stateEnteredEventDetails?: { readonly name: string };
}
