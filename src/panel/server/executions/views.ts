import {
  type Execution,
  type Promotion,
  readEvaluationRecord,
  readExecution,
  readPromotion,
  type WorkflowName,
} from "../../../recipe/index.ts";
import type { ExecutionView } from "../../../schema/index.ts";
import type { Bucket } from "../../../storage/index.ts";
import type { PanelContext } from "../context.ts";
import type { ExecutionIndex } from "./execution-index.ts";
import type { ExecutionService } from "./service.ts";
import { executionView, possible } from "./view/execution-view.ts";
import { spendingOf } from "./view/spending.ts";

/** Makes views of executions, whoever runs them. */
export class Views {
  readonly #bucket: Bucket;
  readonly #region: string | undefined;
  readonly #index: ExecutionIndex;
  readonly #service: ExecutionService;

  constructor(
    { bucket, cloud }: Pick<PanelContext, "bucket" | "cloud">,
    index: ExecutionIndex,
    service: ExecutionService,
  ) {
    this.#bucket = bucket;
    this.#region = cloud?.account.region;
    this.#index = index;
    this.#service = service;
  }

  /** An execution as it is now, `undefined` if there is none of this name. */
  async of(workflow: WorkflowName, name: string): Promise<ExecutionView | undefined> {
    return (await this.take(workflow, name))?.view();
  }

  /** Reads an execution; what it gives makes views of it as it stood then, but with the progress of the moment. */
  async take(workflow: WorkflowName, name: string): Promise<Taken | undefined> {
    const live = this.#service.live(workflow, name);
    const read = await readExecution(this.#bucket, workflow, name);
    if (read === undefined) return undefined;
    // What this process has not finished with is running: its lock is let go of a moment after its journal's end.
    const isOurs = live !== undefined && this.#service.live(workflow, name) === live;
    const execution: Execution = isOurs
      ? { ...read, status: "running", outcome: undefined, endedAt: undefined }
      : read;
    const row = await this.#index.find(workflow, name);
    if (row === undefined) return undefined;
    const summary = isOurs
      ? { ...row, status: "running" as const, rejected: false, endedAt: null, detail: "" }
      : row;
    const promotion =
      workflow === "core" ? await keptPromotion(this.#bucket, execution) : undefined;
    const may = await possible(this.#bucket, execution, isOurs);
    const spent = await spendingOf(this.#bucket, execution, this.#region);
    return {
      isEnded: execution.outcome !== undefined,
      view: () =>
        executionView(
          execution,
          summary,
          { may, spent },
          (state) => live?.progress.of(state) ?? null,
          promotion,
        ),
    };
  }
}

/** An execution as it was read. */
export interface Taken {
  readonly isEnded: boolean;
  readonly view: () => ExecutionView;
}

/** Who promoted its model and why; the record in short has it longer than the evaluation. */
async function keptPromotion(
  bucket: Bucket,
  { name, config, events }: Execution,
): Promise<Promotion | undefined> {
  const isOverruled = events.some(
    (event) => event.type === "ExecutionRedriven" && event.from !== undefined,
  );
  if (!isOverruled) return undefined;
  const promotion = await readPromotion(bucket, name);
  if (promotion !== undefined) return promotion;
  const record = await readEvaluationRecord(bucket, name, config).catch(() => undefined);
  return record?.promotion ?? undefined;
}
