import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** How a run of the command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command line that is running. */
export interface Running {
  readonly process: ChildProcess;
  /** Waits until stdout or stderr contains `text`. */
  readonly says: (text: string) => Promise<void>;
  /** What stdout has said so far. */
  readonly stdout: () => string;
  readonly ended: Promise<Ended>;
}

interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the command line as a user would, but without a terminal. */
export function recsys(args: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  return start(args, surroundings).ended;
}

/** Starts the command line and leaves it running. */
export function start(args: readonly string[], { cwd, env }: Surroundings = {}): Running {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    // As bin/recsys starts it, with what Node has compiled before.
    env: {
      PATH: process.env["PATH"],
      NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  let onText = (): void => undefined;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    onText();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    onText();
  });
  const ended = once(child, "close").then(([code]) => ({ code: code as number, stdout, stderr }));
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      onText = () => {
        if ((stdout + stderr).includes(text)) resolve();
      };
      onText();
      void ended.then(() => {
        reject(new Error(`ended without saying "${text}":\n${stdout}${stderr}`));
      });
    });
  return { process: child, says, stdout: () => stdout, ended };
}
