import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

import type { ItemRank } from "../../../core/index.ts";
import { readExecution } from "../../../recipe/index.ts";
import type { PanelContext } from "../context.ts";
import type { RankOrder } from "./rank-process.ts";
import type { Served } from "./served.ts";

const ENTRY = fileURLToPath(new URL("./rank-process.ts", import.meta.url));
/** The process is kept so long for the next question. */
const IDLE_MS = 60_000;
/** Memory of the process, rounded up from what was seen: 0.39 GB for one million interactions, 1.46 GB for ten. */
const BASE_BYTES = 290e6;
const BYTES_PER_INTERACTION = 120;

/** Where an item stands, or why that cannot be told here, as the rest of a sentence. */
export type RankAnswer = { readonly rank: ItemRank } | { readonly refusal: string };

/** Ranks items that no stored list holds, in a process that comes and goes. One question at a time. */
export class Ranker {
  readonly #panel: PanelContext;
  #process: ChildProcess | undefined;
  #of: string | undefined;
  #idle: NodeJS.Timeout | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(panel: PanelContext) {
    this.#panel = panel;
  }

  rankOf(served: Served, user: number, item: number): Promise<RankAnswer> {
    const answer = this.#queue.then(() => this.#ask(served, user, item));
    this.#queue = answer;
    return answer;
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#process?.kill("SIGKILL");
    this.#process = undefined;
  }

  async #ask(served: Served, user: number, item: number): Promise<RankAnswer> {
    clearTimeout(this.#idle);
    if (!this.#isReadyFor(served)) {
      const refusal = refusalFor(served.rows, process.availableMemory());
      if (refusal !== undefined) return { refusal };
    }
    const child = await this.#processFor(served);
    const answer = await new Promise<{ rank?: ItemRank; problem?: string }>((resolve) => {
      const onClose = (): void => {
        resolve({ problem: "the process that ranks has died" });
      };
      child.once("close", onClose);
      child.once("message", (message: { rank?: ItemRank; problem?: string }) => {
        child.off("close", onClose);
        resolve(message);
      });
      send(child, { user, item });
    });
    this.#idle = setTimeout(() => {
      this.close();
    }, IDLE_MS).unref();
    if (answer.rank === undefined) {
      this.#panel.log.warn({ problem: answer.problem, user, item }, "cannot rank an item");
      this.close();
      return { refusal: "the model that ranked them can no longer be asked" };
    }
    return { rank: answer.rank };
  }

  #isReadyFor({ folder }: Served): boolean {
    return this.#process?.connected === true && this.#of === folder.manifestSha256;
  }

  async #processFor(served: Served): Promise<ChildProcess> {
    if (this.#process !== undefined && this.#isReadyFor(served)) return this.#process;
    const { folder, executions } = served;
    const { bucket, base } = this.#panel;
    this.close();
    const record = await readExecution(bucket, "core", folder.execution);
    const child = fork(ENTRY, [], { stdio: "ignore" });
    child.on("error", (error) => {
      this.#panel.log.error({ err: error }, "the process that ranks could not be started");
    });
    send(child, {
      open: { bucket: bucket.url, config: record?.config ?? base.config, executions },
    });
    this.#process = child;
    this.#of = folder.manifestSha256;
    return child;
  }
}

/** On a small machine the server must not be killed for a question; `undefined` where there is room. */
export function refusalFor(rows: number, availableBytes: number): string | undefined {
  const needed = BASE_BYTES + BYTES_PER_INTERACTION * rows;
  if (needed <= availableBytes) return undefined;
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
  return (
    `to rank all items takes ${gigabytes(needed)} of memory for ${rows.toLocaleString("en")} interactions, ` +
    `and the panel's machine has ${gigabytes(availableBytes)} free`
  );
}

function send(child: ChildProcess, order: RankOrder): void {
  child.send(order);
}
