import { setTimeout } from "node:timers/promises";

import { EXIT } from "./exit-codes.ts";

/** Why the signal was aborted: the user, or the system, wants an end. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly exitCode: number;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(signal === "SIGINT" ? "stopped by Ctrl-C" : "stopped by SIGTERM");
    this.exitCode = signal === "SIGINT" ? EXIT.interrupted.code : EXIT.terminated.code;
  }
}

/** One Ctrl-C arrives several times: from the terminal, from npm, from the starting script. */
const ECHO_MILLISECONDS = 500;

/** A process that is just ending would die of the echo instead of returning its exit code. */
const LINGER_MILLISECONDS = 250;

/** Waits until the echoes of a Ctrl-C have come, if there was one. */
export async function echoesPassed(signal: AbortSignal): Promise<void> {
  if (signal.aborted) await setTimeout(LINGER_MILLISECONDS);
}

/**
 * Turns Ctrl-C and SIGTERM into an AbortSignal; a second one ends the process at once.
 *
 * @param announce - told once, when the stop begins
 */
export function stopSignal(announce: (line: string) => void): AbortSignal {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const stop = (signal: "SIGINT" | "SIGTERM"): void => {
    const reason = new Interrupted(signal);
    const now = performance.now();
    if (firstAt === undefined) {
      firstAt = now;
      announce("stopping; once more to stop at once");
      controller.abort(reason);
    } else if (now - firstAt > ECHO_MILLISECONDS) {
      process.exit(reason.exitCode);
    }
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return controller.signal;
}
