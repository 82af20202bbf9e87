import { once } from "node:events";
import { readFileSync, writeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

import { DataError, type Progress } from "../schema/index.ts";
import type { Json } from "../workflow/index.ts";
import { EXIT, type JobMessage, LOCAL_RUNNER, MACHINE_SHARES, MESSAGE_FD } from "./messages.ts";
import { MlRoot } from "./ml-root.ts";

/** What a job is told. */
interface JobRun {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly hyperparameters: Readonly<Record<string, string>>;
  /** This host's part of the work. */
  readonly shard: { readonly index: number; readonly count: number };
  /** This host's part of the machine's processors, one at least. */
  readonly processors: number;
  /** Aborted by SIGTERM. */
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
  /** An empty folder on the local disk that is removed after the job. */
  readonly scratchFolder: string;
}

/** Does a job's work. What it gives back, at most 1 KB of JSON, becomes the job's ExitMessage. */
export type JobHandler = (run: JobRun) => Promise<Json | undefined>;

/**
 * Runs one job of the job binary in the container contract of SageMaker, then ends the process.
 *
 * The root is `ML_ROOT`, `/opt/ml` by default. Exit codes are {@link EXIT}; a failure's text stands in
 * `output/failure` too.
 */
export async function runJob(
  name: string | undefined,
  handlers: Readonly<Record<string, JobHandler>>,
): Promise<never> {
  const local = process.env[LOCAL_RUNNER] !== undefined;
  if (local) await watchLifeline();
  const root = new MlRoot(process.env["ML_ROOT"] ?? "/opt/ml");
  const stop = new AbortController();
  process.on("SIGTERM", () => {
    stop.abort(new Error("the job was stopped"));
  });
  // Ctrl-C reaches every process of the terminal; the runner alone decides and sends SIGTERM.
  process.on("SIGINT", () => undefined);
  const tell = local ? tellRunner : logMessage;

  let code: number = EXIT.done;
  let scratchFolder: string | undefined;
  try {
    const handler = name === undefined ? undefined : handlers[name];
    if (handler === undefined) {
      const known = Object.keys(handlers).join(", ");
      throw new RangeError(`there is no job "${name ?? ""}"; there are ${known}`);
    }
    const { resources, hyperparameters } = root.readConfig();
    scratchFolder = await mkdtemp(join(tmpdir(), `${name ?? ""}-`));
    const result = await handler({
      environment: process.env,
      hyperparameters,
      shard: {
        index: resources.hosts.indexOf(resources.current_host),
        count: resources.hosts.length,
      },
      processors: Math.max(1, Math.floor(availableParallelism() / machineShares())),
      signal: stop.signal,
      report: (progress) => {
        tell({ progress });
      },
      scratchFolder,
    });
    if (result !== undefined) root.writeMessage(JSON.stringify(result));
  } catch (error) {
    code = stop.signal.aborted
      ? EXIT.stopped
      : error instanceof DataError
        ? EXIT.badData
        : EXIT.failed;
    const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
    console.error(code === EXIT.failed ? stack : message);
    leaveFailure(root, message);
  } finally {
    if (scratchFolder !== undefined) await rm(scratchFolder, { recursive: true, force: true });
    tell({ usage: { seconds: process.uptime(), peakRssBytes: peakRssBytes() } });
  }
  process.exit(code);
}

/** A container whose user may not write there has told the log at least, and ends as it would have. */
function leaveFailure(root: MlRoot, message: string): void {
  try {
    root.writeFailure(message);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(
      `the failure could not be left in ${root.failure} (${reason}); run the container as a user who may write there`,
    );
  }
}

function machineShares(): number {
  return Number(process.env[MACHINE_SHARES] ?? 1);
}

/** From when this resolves the job dies with its runner, before it has written anything. */
async function watchLifeline(): Promise<void> {
  const lifeline = new Worker(new URL("./lifeline.ts", import.meta.url));
  await once(lifeline, "message");
  lifeline.unref();
}

function tellRunner(message: JobMessage): void {
  writeSync(MESSAGE_FD, `${JSON.stringify(message)}\n`);
}

/** In a container all there is is the log. */
function logMessage(message: JobMessage): void {
  console.log(JSON.stringify(message));
}

/** The most memory this process held. `resourceUsage` counts what its parent held at the fork; Linux knows better. */
function peakRssBytes(): number {
  if (process.platform === "linux") {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
    if (peak !== null) return Number(peak[1]) * 1024;
  }
  return process.resourceUsage().maxRSS * 1024;
}
