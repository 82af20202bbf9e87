import {
  executionPaths,
  readExecution,
  type WorkflowName,
  WORKFLOWS,
} from "../../../recipe/index.ts";
import type { ExecutionSummary } from "../../../schema/index.ts";
import { type Bucket, readPointer } from "../../../storage/index.ts";
import { readStarter } from "./started-by.ts";
import { type Row, rowOf } from "./summary.ts";

/** An ended execution's row, and the length of the journal that it was made from. */
interface Known {
  readonly row: Row;
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
    const rows: ExecutionSummary[] = [];
    for (const workflow of workflows) {
      const current = await this.#current(workflow);
      const names = await this.#bucket.folders(`executions/${workflow}`);
      const found = await inBatches(names, (name) => this.#row(workflow, name));
      for (const row of found) {
        if (row !== undefined) rows.push({ ...row, current: row.name === current });
      }
    }
    return rows.sort((a, b) => byStart(b, a));
  }

  /** One execution's row, `undefined` if there is no such execution. */
  async find(workflow: WorkflowName, name: string): Promise<ExecutionSummary | undefined> {
    const row = await this.#row(workflow, name);
    return row && { ...row, current: name === (await this.#current(workflow)) };
  }

  async #row(workflow: WorkflowName, name: string): Promise<Row | undefined> {
    const key = `${workflow}/${name}`;
    const journal = await this.#bucket.head(executionPaths(workflow, name).journal);
    const known = this.#known.get(key);
    if (known !== undefined && journal?.bytes === known.journalBytes) return known.row;
    this.#known.delete(key);
    try {
      const execution = await readExecution(this.#bucket, workflow, name);
      if (execution === undefined) return undefined;
      const startedBy = (await readStarter(this.#bucket, workflow, name)) ?? null;
      const row = await rowOf(this.#bucket, execution, startedBy);
      if (execution.outcome !== undefined && journal !== undefined) {
        this.#known.set(key, { row, journalBytes: journal.bytes });
      }
      return row;
    } catch (error) {
      this.#onUnreadable(workflow, name, error);
      return undefined;
    }
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
