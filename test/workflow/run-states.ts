import {
  type Json,
  type Outcome,
  runWorkflow,
  type State,
  type TaskCall,
  type TaskState,
  type Workflow,
  type WorkflowEvent,
} from "../../src/workflow/index.ts";
import { fakeClock } from "./fake-clock.ts";
import { memoryJournal } from "./memory-journal.ts";

const resource = "arn:aws:states:::test:echo";
export const echo: TaskState = { type: "Task", resource };

/** Runs a workflow whose tasks give back their parameters, or what `answer` gives. */
export async function runStates(
  states: Record<string, State>,
  input: Json,
  answer: (task: TaskCall) => Json | Promise<Json> = ({ parameters }) => parameters,
): Promise<{ outcome: Outcome; events: readonly WorkflowEvent[]; slept: readonly number[] }> {
  const journal = memoryJournal();
  const clock = fakeClock();
  const workflow: Workflow = { startAt: Object.keys(states)[0]!, states };
  const outcome = await runWorkflow(workflow, input, {
    name: "test-1",
    runTask: async (task) => answer(task),
    journal,
    clock,
  });
  return { outcome, events: journal.events, slept: clock.slept };
}

export const succeeded = (output: Json): Outcome => ({ status: "succeeded", output });
