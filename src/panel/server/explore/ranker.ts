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

  /** @returns `undefined` if the model can no longer score: the log says why */
  rankOf(served: Served, user: number, item: number): Promise<ItemRank | undefined> {
    const answer = this.#queue.then(() => this.#ask(served, user, item));
    this.#queue = answer;
    return answer;
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#process?.kill("SIGKILL");
    this.#process = undefined;
  }

  async #ask(served: Served, user: number, item: number): Promise<ItemRank | undefined> {
    clearTimeout(this.#idle);
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
    }
    return answer.rank;
  }

  async #processFor({ folder, executions }: Served): Promise<ChildProcess> {
    const { bucket, base } = this.#panel;
    if (this.#process?.connected === true && this.#of === folder.manifestSha256)
      return this.#process;
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

function send(child: ChildProcess, order: RankOrder): void {
  child.send(order);
}
