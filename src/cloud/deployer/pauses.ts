import { setTimeout } from "node:timers/promises";

/** Milliseconds between two looks at what AWS is doing: its own console waits as long. */
const LOOK_MS = 2_000;
/** The first looks come sooner: an emulator, or a small change, is done at once. */
const FIRST_MS = 100;

/** Pauses between looks, which grow to two seconds; each rejects when the signal is aborted. */
export function growingPauses(signal: AbortSignal): () => Promise<void> {
  let milliseconds = FIRST_MS;
  return async () => {
    await setTimeout(milliseconds, undefined, { signal });
    milliseconds = Math.min(LOOK_MS, 2 * milliseconds);
  };
}
