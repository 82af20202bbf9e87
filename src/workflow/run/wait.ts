import type { WaitState } from "../definition.ts";
import { runtimeError } from "../error.ts";
import { type Documents, parsePath, read } from "../path.ts";
import type { Machine } from "./machine.ts";

/** Waits from when the state was entered, so that a resumed execution does not wait twice. */
export async function wait(
  machine: Machine,
  { seconds }: WaitState,
  documents: Documents,
  enteredAt: string,
  signal: AbortSignal,
): Promise<void> {
  const value = typeof seconds === "number" ? seconds : read(parsePath(seconds.path), documents);
  if (typeof value !== "number" || !(value >= 0)) {
    throw runtimeError(`a Wait state needs a number of seconds, got ${JSON.stringify(value)}`);
  }
  const left = Date.parse(enteredAt) + value * 1000 - machine.clock.now();
  await machine.clock.sleep(Math.max(0, left), signal);
}
