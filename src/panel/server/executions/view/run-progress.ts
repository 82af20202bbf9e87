import { StepClock } from "../../../../recipe/index.ts";
import type { Progress, StateProgress } from "../../../../schema/index.ts";
import type { WorkflowEvent } from "../../../../workflow/index.ts";

/** What the running states of an execution have said of themselves; of one whose events this process hears. */
export class RunProgress {
  /** State → part (iteration and host) → its clock. */
  readonly #clocks = new Map<string, Map<string, StepClock>>();
  readonly #now: () => number;

  /** `now`: seconds on any clock that only goes forward. */
  constructor(now: () => number) {
    this.#now = now;
  }

  hear(event: WorkflowEvent): void {
    if (event.type === "StateEntered") this.#clocks.delete(event.state);
    if (event.type !== "TaskProgress") return;
    const progress = event.progress as unknown as Progress & { readonly host?: number };
    const parts = this.#clocks.get(event.state) ?? new Map<string, StepClock>();
    this.#clocks.set(event.state, parts);
    const part = JSON.stringify([event.path, event.run, progress.host]);
    const clock = parts.get(part) ?? new StepClock(event.state, this.#now());
    parts.set(part, clock);
    clock.update(progress, this.#now());
  }

  /** All its hosts together: what they have done is added up, and the slowest one tells the time left. */
  of(state: string): StateProgress | null {
    const parts = [...(this.#clocks.get(state)?.values() ?? [])].map((clock) =>
      clock.read(this.#now()),
    );
    const first = parts[0]?.latest;
    if (first === undefined) return null;
    const same = parts.filter(({ latest }) => latest?.activity === first.activity);
    return {
      activity: first.activity,
      done: sum(same.map(({ latest }) => latest?.done)),
      total: sum(same.map(({ latest }) => latest?.total)),
      unit: first.unit ?? null,
      figures: { ...first.figures },
      rate: sum(same.map(({ rate }) => rate)),
      secondsLeft: most(same.map(({ secondsLeft }) => secondsLeft)),
    };
  }
}

/** `null` unless all are known. */
function sum(values: readonly (number | undefined)[]): number | null {
  return values.reduce<number | null>(
    (total, value) => (total === null || value === undefined ? null : total + value),
    0,
  );
}

function most(values: readonly (number | undefined)[]): number | null {
  const known = values.filter((value) => value !== undefined);
  return known.length < values.length ? null : Math.max(...known);
}
