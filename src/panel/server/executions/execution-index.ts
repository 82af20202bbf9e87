import {
  type EvaluationRecord,
  type Execution,
  executionPaths,
  isExecutionRunning,
  readEvaluationRecord,
  readExecution,
  type WorkflowName,
  WORKFLOWS,
} from "../../../recipe/index.ts";
import type { ExecutionSummary } from "../../../schema/index.ts";
import { type Bucket, readPointer } from "../../../storage/index.ts";
import { readStarter } from "./started-by.ts";
import { collectorFigures, coreFigures, type Row, rowOf } from "./summary.ts";

/** What is known of an execution. */
interface Entry {
  readonly row: Row;
  /** Of core executions that came so far. */
  readonly evaluation: EvaluationRecord | undefined;
}

/** A row, and beside it what the execution's evaluation came to. */
interface Evaluated {
  readonly summary: ExecutionSummary;
  readonly evaluation: EvaluationRecord | undefined;
}

/** What was read of one that has ended, and the length of the journal at the time. */
interface Known {
  readonly entry: Entry;
  readonly journalBytes: number;
}

/**
 * The list of executions. Of one that has ended the journal is read once: it only ever grows, so its length tells
 * whether the execution has gone on since.
 */
export class ExecutionIndex {
  readonly #bucket: Bucket;
  readonly #onUnreadable: (workflow: WorkflowName, name: string, error: unknown) => void;
  readonly #known = new Map<string, Known>();

  constructor(
    bucket: Bucket,
    onUnreadable: (workflow: WorkflowName, name: string, error: unknown) => void,
  ) {
    this.#bucket = bucket;
    this.#onUnreadable = onUnreadable;
  }

  /** All executions of these workflows, the latest first. */
  async list(workflows: readonly WorkflowName[] = WORKFLOWS): Promise<readonly ExecutionSummary[]> {
    return (await this.evaluated(workflows)).map(({ summary }) => summary);
  }

  /** The same with what their evaluations came to. */
  async evaluated(workflows: readonly WorkflowName[]): Promise<readonly Evaluated[]> {
    const all: Evaluated[] = [];
    for (const workflow of workflows) {
      const current = await this.#current(workflow);
      const names = await this.#bucket.folders(`executions/${workflow}`);
      const found = await inBatches(names, (name) => this.#entry(workflow, name));
      for (const { row, evaluation } of found.filter((entry) => entry !== undefined)) {
        all.push({ summary: { ...row, current: row.name === current }, evaluation });
      }
    }
    return all.sort((a, b) => byStart(b.summary, a.summary));
  }

  /** One execution's row, `undefined` if there is no such execution. */
  async find(workflow: WorkflowName, name: string): Promise<ExecutionSummary | undefined> {
    const row = (await this.#entry(workflow, name))?.row;
    return row && { ...row, current: name === (await this.#current(workflow)) };
  }

  async #entry(workflow: WorkflowName, name: string): Promise<Entry | undefined> {
    const key = `${workflow}/${name}`;
    const journal = await this.#bucket.head(executionPaths(workflow, name).journal);
    const known = this.#known.get(key);
    if (known !== undefined && journal?.bytes === known.journalBytes) return known.entry;
    this.#known.delete(key);
    try {
      const execution = await readExecution(this.#bucket, workflow, name);
      if (execution === undefined) return undefined;
      const entry = await this.#read(execution);
      // Ended, but its process is not through with it: its evaluation in short is yet to be written.
      const isOver =
        execution.outcome !== undefined &&
        !(await isExecutionRunning(this.#bucket, workflow, name));
      if (isOver && journal !== undefined) {
        this.#known.set(key, { entry, journalBytes: journal.bytes });
      }
      return entry;
    } catch (error) {
      this.#onUnreadable(workflow, name, error);
      return undefined;
    }
  }

  async #read(execution: Execution): Promise<Entry> {
    const { workflow, name, config, outcome } = execution;
    const startedBy = (await readStarter(this.#bucket, workflow, name)) ?? null;
    if (workflow === "collector") {
      const figures = outcome === undefined ? {} : await collectorFigures(this.#bucket, name);
      return { row: rowOf(execution, startedBy, figures), evaluation: undefined };
    }
    const evaluation =
      outcome === undefined
        ? undefined
        : await readEvaluationRecord(this.#bucket, name, config).catch((error: unknown) => {
            this.#onUnreadable(workflow, name, error); // of another version: the row does without
            return undefined;
          });
    return { row: rowOf(execution, startedBy, coreFigures(evaluation)), evaluation };
  }

  async #current(workflow: WorkflowName): Promise<string | undefined> {
    const stage = workflow === "collector" ? "processed_data" : "batch_transform_inference_output";
    return (await readPointer(this.#bucket, stage))?.execution;
  }
}

function byStart(a: Row, b: Row): number {
  const [first, second] = [a.startedAt ?? "9", b.startedAt ?? "9"]; // about to start: the latest of all
  if (first !== second) return first < second ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}

/** Enough at a time that a slow bucket is not waited for one by one, and few enough that none is flooded. */
const BATCH = 32;

async function inBatches<In, Out>(
  values: readonly In[],
  action: (value: In) => Promise<Out>,
): Promise<readonly Out[]> {
  const results: Out[] = [];
  for (let start = 0; start < values.length; start += BATCH) {
    results.push(...(await Promise.all(values.slice(start, start + BATCH).map(action))));
  }
  return results;
}
