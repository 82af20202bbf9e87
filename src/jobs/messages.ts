import type { Progress } from "../schema/index.ts";

/** File descriptors that a runner on this machine opens for its jobs, and the variable that says so. */
export const LOCAL_RUNNER = "RECSYS_LOCAL_RUNNER";
/** How many jobs at most share the machine with this one, itself among them; unset where it has a machine to itself. */
export const MACHINE_SHARES = "RECSYS_MACHINE_SHARES";
/** JSON lines from job to runner. */
export const MESSAGE_FD = 3;
/** Open as long as the runner lives. */
export const LIFELINE_FD = 4;

/** What a job cost; a host tells it as its last message. */
export interface Usage {
  readonly seconds: number;
  readonly peakRssBytes: number;
}

export type JobMessage = { readonly progress: Progress } | { readonly usage: Usage };

/** The message that a job in a container has printed as a line of its log; `undefined` for other lines. */
export function messageIn(line: string): JobMessage | undefined {
  if (!/^\{"(progress|usage)":\{.*\}\}$/.test(line)) return undefined;
  try {
    return JSON.parse(line) as JobMessage;
  } catch {
    return undefined; // cut off, or somebody else's
  }
}

/** How a job ends: its process's exit code. */
export const EXIT = {
  done: 0,
  /** A fault of the program or the machine. */
  failed: 1,
  /** The user's data or settings are wrong: trying again changes nothing. */
  badData: 2,
  /** Stopped by SIGTERM: 128 + 15. */
  stopped: 143,
} as const;
