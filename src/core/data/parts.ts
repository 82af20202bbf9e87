import { PART } from "../../schema/index.ts";
import type { Part } from "./dataset.ts";

/** The parts before one: what is known when it is ranked, and masked from the ranking. */
export function partsBefore(part: Part): readonly Part[] {
  return Object.values(PART).filter((other) => other < part);
}
