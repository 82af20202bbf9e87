import { StateMachine, type StateMachineDefinition } from "aws-local-stepfunctions";

import { DEFINITIONS, type WorkflowName } from "../../src/recipe/index.ts";
import { type Json, runWorkflow, WorkflowError } from "../../src/workflow/index.ts";
import { fakeClock } from "../workflow/fake-clock.ts";
import { memoryJournal } from "../workflow/memory-journal.ts";

/** What the jobs of each state come to, one after the other; the last counts on. By default they succeed. */
export type Outcomes = Readonly<Record<string, readonly JobOutcome[]>>;
export type JobOutcome =
  { readonly message: object } | { readonly error: string; readonly cause: string };

/** What an engine did: the jobs that it started, in order, and how the execution ended. */
export interface Walk {
  readonly jobs: readonly string[];
  readonly requests: readonly Json[];
  readonly end: string;
  readonly error?: string;
  readonly cause?: string;
}

const NAME = "one";

/** The states whose task is a job, those in a Map too. */
function jobStates(definition: object): readonly string[] {
  const { States } = definition as {
    readonly States: Readonly<Record<string, Record<string, unknown>>>;
  };
  return Object.entries(States).flatMap(([name, state]) =>
    state["Type"] === "Task"
      ? [name]
      : state["ItemProcessor"] === undefined
        ? []
        : jobStates(state["ItemProcessor"] as object),
  );
}

/** Jobs that only take note, with the outcomes given. */
class Jobs {
  readonly jobs: string[] = [];
  readonly requests: Json[] = [];
  readonly #outcomes: Outcomes;

  constructor(outcomes: Outcomes) {
    this.#outcomes = outcomes;
  }

  run(state: string, request: Json): Json {
    const outcomes = this.#outcomes[state] ?? [{ message: {} }];
    const earlier = this.jobs.filter((job) => job === state).length;
    this.jobs.push(state);
    this.requests.push(request);
    const outcome = outcomes[Math.min(earlier, outcomes.length - 1)]!;
    if ("message" in outcome) return { ExitMessage: JSON.stringify(outcome.message) };
    throw new WorkflowError(outcome.error, outcome.cause);
  }
}

/** The engine of one machine, running the recipe. */
export async function walkHere(
  workflow: WorkflowName,
  input: Json,
  outcomes: Outcomes,
): Promise<Walk> {
  const jobs = new Jobs(outcomes);
  const outcome = await runWorkflow(DEFINITIONS[workflow], input, {
    name: NAME,
    journal: memoryJournal(),
    clock: fakeClock(),
    runTask: ({ state, parameters }) => Promise.resolve().then(() => jobs.run(state, parameters)),
  });
  const { jobs: names, requests } = jobs;
  if (outcome.status !== "failed") return { jobs: names, requests, end: outcome.status };
  return { jobs: names, requests, end: "failed", error: outcome.error, cause: outcome.cause };
}

/** An engine that is not ours, running what the template deploys. */
export async function walkElsewhere(
  definition: object,
  input: Json,
  outcomes: Outcomes,
): Promise<Walk> {
  const jobs = new Jobs(outcomes);
  const states = jobStates(definition);
  const machine = new StateMachine(definition as StateMachineDefinition, {
    validationOptions: { noValidate: true },
  });
  const handler = (state: string) => (request: Json) =>
    Promise.resolve()
      .then(() => jobs.run(state, request))
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowError)) throw error;
        throw Object.assign(new Error(error.message), { name: error.error });
      });
  const overrides = {
    taskResourceLocalHandlers: Object.fromEntries(states.map((state) => [state, handler(state)])),
    retryIntervalOverrides: Object.fromEntries(states.map((state) => [state, 0])),
  };
  const { jobs: names, requests } = jobs;
  try {
    await machine.run(structuredClone(input) as never, {
      overrides: overrides as never,
      // It knows no counts of its own.
      context: {
        Execution: { Name: NAME, StartTime: "2026-01-01T00:00:00Z", RedriveCount: 0 },
        State: { RetryCount: 0 },
      },
    }).result;
    return { jobs: names, requests, end: "succeeded" };
  } catch (error) {
    const { name, message } = (error as { readonly cause: Error }).cause;
    return { jobs: names, requests, end: "failed", error: name, cause: message };
  }
}
