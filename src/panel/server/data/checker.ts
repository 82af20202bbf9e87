import { type ChildProcess, fork } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { DataCheck, type RecSysConfig } from "../../../schema/index.ts";
import { type PanelContext, PanelError } from "../context.ts";
import type { CheckMessage, CheckOrder } from "./check-process.ts";

const ENTRY = fileURLToPath(new URL("./check-process.ts", import.meta.url));
const NONE: DataCheck = {
  state: "none",
  startedAt: null,
  endedAt: null,
  progress: null,
  problem: null,
};

/** Checks the bucket's raw files as the collector would, one check at a time, in a process of its own. */
export class Checker {
  readonly #panel: PanelContext;
  /** Of the last check: `check.json`, `report.json`, `quarantine.csv`. */
  readonly #folder: string;
  #check: DataCheck;
  #process: ChildProcess | undefined;

  constructor(panel: PanelContext) {
    this.#panel = panel;
    this.#folder = join(panel.scratchFolder, "check");
    mkdirSync(this.#folder, { recursive: true });
    this.#check = this.#lastCheck();
  }

  get check(): DataCheck {
    return this.#check;
  }

  /** The file of the last check that has left one. */
  file(name: "report.json" | "quarantine.csv"): string | undefined {
    const path = join(this.#folder, name);
    return this.#check.state !== "running" && existsSync(path) ? path : undefined;
  }

  /** @throws PanelError if a check is running */
  start(config: RecSysConfig): void {
    if (this.#process !== undefined) {
      throw new PanelError(409, "conflict", "a check is running; wait for its end");
    }
    const { bucket, clock } = this.#panel;
    const now = clock();
    const workFolder = join(this.#folder, "work");
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(workFolder, { recursive: true });
    this.#set({ ...NONE, state: "running", startedAt: now.toISOString() });
    const child = fork(ENTRY, [], { stdio: ["ignore", "ignore", "pipe", "ipc"] });
    this.#process = child;
    let complaint = "";
    child.stderr?.on("data", (piece: Buffer) => {
      complaint = (complaint + piece.toString("utf8")).slice(-2000);
    });
    let problem: string | null | undefined;
    child.on("message", (message: CheckMessage) => {
      if ("ended" in message) problem = message.ended.problem;
      else this.#report(message.progress);
    });
    child.on("close", () => {
      this.#process = undefined;
      rmSync(workFolder, { recursive: true, force: true });
      if (problem === undefined) this.#panel.log.error({ complaint }, "the check has died");
      this.#end(problem === undefined ? "the check has died; see the log" : problem);
    });
    const order: CheckOrder = {
      bucket: bucket.url,
      config,
      startedAtSeconds: Math.floor(now.getTime() / 1000),
      workFolder,
      resultFolder: this.#folder,
    };
    child.send(order);
  }

  /** Ends a running check. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (child === undefined) return;
    const closed = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGKILL");
    await closed;
  }

  #report({
    activity,
    done,
    total,
    unit,
  }: Extract<CheckMessage, { progress: unknown }>["progress"]): void {
    const progress = { activity, done: done ?? null, total: total ?? null, unit: unit ?? null };
    this.#check = { ...this.#check, progress };
  }

  #end(problem: string | null): void {
    const endedAt = this.#panel.clock().toISOString();
    const state = problem === null ? "succeeded" : "failed";
    this.#set({ ...this.#check, state, endedAt, progress: null, problem });
  }

  #set(check: DataCheck): void {
    this.#check = check;
    writeFileSync(join(this.#folder, "check.json"), JSON.stringify(check));
  }

  #lastCheck(): DataCheck {
    const path = join(this.#folder, "check.json");
    if (!existsSync(path)) return NONE;
    const last = DataCheck.safeParse(JSON.parse(readFileSync(path, "utf8")));
    if (!last.success) return NONE;
    if (last.data.state !== "running") return last.data;
    return {
      ...last.data,
      state: "failed",
      problem: "the server was stopped meanwhile; check again",
    };
  }
}
