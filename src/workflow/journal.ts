import type { WorkflowEvent } from "./events.ts";

/** Where an execution's events are kept: with them it goes on after its process has died. */
export interface Journal {
  /** Keeps an event; it survives a crash from when this resolves. Called without waiting for the last. */
  append(event: WorkflowEvent): Promise<void>;
  /** All events in their order; empty before the first. */
  readAll(): Promise<readonly WorkflowEvent[]>;
}

/** One event as a line of JSON. */
export function encodeEvent(event: WorkflowEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/** The events of a journal's text. A last line without its end was being written at a crash: it is dropped. */
export function decodeJournal(text: string): readonly WorkflowEvent[] {
  const lines = text.split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as WorkflowEvent);
}
