import type { Journal, WorkflowEvent } from "../../src/workflow/index.ts";

/** A journal that keeps its events in memory, after those of an earlier process. */
export function memoryJournal(earlier: readonly WorkflowEvent[] = []): Journal & {
  readonly events: readonly WorkflowEvent[];
} {
  const events = [...earlier];
  return {
    events,
    append: (event) => {
      events.push(structuredClone(event));
      return Promise.resolve();
    },
    readAll: () => Promise.resolve([...events]),
  };
}
