import type { Random } from "./random.ts";

/** An array whose elements can be exchanged. */
export interface Shuffled<Value> {
  readonly length: number;
  [index: number]: Value;
}

/**
 * Shuffles in place: every order is as likely as any other.
 *
 * Source: Fisher & Yates, in Durstenfeld's form, CACM 7(7), 1964.
 */
export function shuffle<Value>(values: Shuffled<Value>, random: Random): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const held = values[i]!;
    values[i] = values[j]!;
    values[j] = held;
  }
}
