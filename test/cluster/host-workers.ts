import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { type Host } from "./hosts.ts";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** `recsys worker`, one on each host. */
export class HostWorkers {
  readonly #hosts: readonly Host[];
  readonly #args: readonly string[];
  readonly #environment: Readonly<Record<string, string>>;
  readonly #processes = new Map<string, ChildProcess>();
  /** What they have said, for whoever looks for a failure. */
  readonly said: string[] = [];
  /** Those that have ended by themselves. */
  readonly died: string[] = [];

  constructor(
    hosts: readonly Host[],
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
  ) {
    this.#hosts = hosts;
    this.#args = args;
    this.#environment = environment;
    for (const host of hosts) this.start(host.name);
  }

  start(name: string): void {
    const host = this.host(name);
    const [command, ...prefix] = host.prefix;
    const args = [...prefix, process.execPath, MAIN, "worker", "--name", name, ...this.#args];
    const child = spawn(command!, args, {
      env: { PATH: process.env["PATH"], ...this.#environment },
      stdio: ["ignore", "ignore", "pipe"],
    });
    child.stderr
      .setEncoding("utf8")
      .on("data", (text: string) => this.said.push(`${name}: ${text}`));
    child.on("exit", (code) => {
      if (code !== null) this.died.push(`${name} with exit code ${code}`);
    });
    this.#processes.set(name, child);
  }

  host(name: string): Host {
    return this.#hosts.find((host) => host.name === name)!;
  }

  /** Ends a worker at once; its job dies with it. */
  async kill(name: string): Promise<void> {
    const child = this.#processes.get(name)!;
    if (child.exitCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  /** Stops a worker's processes, its job's among them, where they stand, or lets them go on: neither they nor anybody else is told. */
  signal(name: string, signal: "SIGSTOP" | "SIGCONT"): void {
    const { pid } = this.#processes.get(name)!;
    for (const each of withDescendants(pid!)) process.kill(each, signal);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#processes.keys()].map((name) => this.kill(name)));
  }
}

function withDescendants(pid: number): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ");
  return [pid, ...children.filter(Boolean).flatMap((child) => withDescendants(Number(child)))];
}
