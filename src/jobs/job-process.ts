import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

import type { Progress } from "../schema/index.ts";
import { WorkflowError } from "../workflow/index.ts";
import type { HostEnd } from "./job-result.ts";
import { EXIT, type JobMessage, LOCAL_RUNNER, MACHINE_SHARES, type Usage } from "./messages.ts";
import { MlRoot, readText } from "./ml-root.ts";
import { identifyProcess } from "./process-identity.ts";
import type { Job } from "./request.ts";

/** One host of a job. */
interface JobHost {
  readonly job: Job;
  readonly name: string;
  readonly hosts: readonly string[];
  /** So many share the machine, this one among them. */
  readonly machineShares: number;
  /** Its ML root, made anew. */
  readonly folder: string;
  /** The job binary's entry. */
  readonly entry: string;
  readonly graceSeconds: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly onLog: (text: string, isError: boolean) => void;
}

/** The identity of a host's process stands here, so that one left by a dead runner can be found. */
export const PROCESS_FILE = "process.json";

/**
 * Runs one host of a job as a child process, to its end.
 *
 * When the signal is aborted the child gets SIGTERM, and SIGKILL after the grace period.
 *
 * @throws WorkflowError `States.TaskFailed` with the failure file's text; `RecSys.BadData` if the
 *   user's data is at fault; `RecSys.InstanceLost` if the process was killed from outside
 */
export async function runHost(host: JobHost): Promise<HostEnd> {
  const { job, folder, signal } = host;
  const root = new MlRoot(folder);
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "tmp"), { recursive: true });
  root.writeConfig(job, { current_host: host.name, hosts: [...host.hosts] });
  signal.throwIfAborted();

  const child = spawn(process.execPath, [host.entry, ...job.arguments], {
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
    env: {
      ...process.env,
      ...job.environment,
      ML_ROOT: folder,
      TMPDIR: join(folder, "tmp"),
      [LOCAL_RUNNER]: "1",
      [MACHINE_SHARES]: String(host.machineShares),
    },
  });
  if (child.pid !== undefined) {
    const identity = identifyProcess(child.pid);
    if (identity !== undefined) writeFileSync(join(folder, PROCESS_FILE), JSON.stringify(identity));
  }
  let usage: Usage | undefined;
  readLines(child.stdio[3], (line) => {
    const message = JSON.parse(line) as JobMessage;
    if ("usage" in message) usage = message.usage;
    else host.onProgress(message.progress);
  });
  readLines(child.stdout, (line) => {
    host.onLog(line, false);
  });
  readLines(child.stderr, (line) => {
    host.onLog(line, true);
  });

  const { code, killedBy } = await ended(child, signal, host.graceSeconds);
  signal.throwIfAborted();
  if (code === EXIT.done) return { usage, message: readText(root.message) };
  const where = `job ${job.name} on ${host.name}`;
  if (killedBy !== null) {
    throw new WorkflowError(
      "RecSys.InstanceLost",
      `${where}: its process was ended by ${killedBy}`,
    );
  }
  throw new WorkflowError(
    code === EXIT.badData ? "RecSys.BadData" : "States.TaskFailed",
    readText(root.failure) ?? `${where}: its process ended with exit code ${code ?? "?"}`,
  );
}

function ended(
  child: ChildProcess,
  signal: AbortSignal,
  graceSeconds: number,
): Promise<{ code: number | null; killedBy: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    let kill: NodeJS.Timeout | undefined;
    const stop = (): void => {
      child.kill("SIGTERM");
      kill = setTimeout(() => child.kill("SIGKILL"), graceSeconds * 1000);
    };
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    child.on("error", reject);
    // "close" comes after "exit" and after the last line of output.
    child.on("close", (code, killedBy) => {
      clearTimeout(kill);
      signal.removeEventListener("abort", stop);
      resolve({ code, killedBy });
    });
  });
}

function readLines(stream: unknown, onLine: (line: string) => void): void {
  createInterface({ input: stream as Readable, crlfDelay: Infinity }).on("line", onLine);
}
