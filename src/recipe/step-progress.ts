import type { Progress } from "../schema/index.ts";

/** Where a running step is: its latest progress, and what can be said about its speed. */
export interface StepProgress {
  readonly step: string;
  readonly seconds: number;
  readonly latest: Progress | undefined;
  /** 0–1, when the whole is known. */
  readonly share: number | undefined;
  /** Units per second of the present activity. */
  readonly rate: number | undefined;
  readonly secondsLeft: number | undefined;
}

/** Follows one step; speed is measured within one activity, since the next one's units differ. */
export class StepClock {
  readonly step: string;
  readonly #startedAt: number;
  #latest: Progress | undefined;
  #activityStart = { at: 0, done: 0 };

  /** `at` here and below: seconds on any clock that only goes forward. */
  constructor(step: string, at: number) {
    this.step = step;
    this.#startedAt = at;
  }

  update(progress: Progress, at: number): void {
    // Another fit of the same name begins anew.
    const isNew =
      progress.activity !== this.#latest?.activity ||
      (progress.done ?? 0) < (this.#latest.done ?? 0);
    if (isNew) this.#activityStart = { at, done: progress.done ?? 0 };
    this.#latest = progress;
  }

  read(at: number): StepProgress {
    const { done, total } = this.#latest ?? {};
    const seconds = at - this.#activityStart.at;
    const gained = (done ?? 0) - this.#activityStart.done;
    const rate = seconds > 0 && gained > 0 ? gained / seconds : undefined;
    const isKnown = done !== undefined && total !== undefined && total > 0;
    return {
      step: this.step,
      seconds: at - this.#startedAt,
      latest: this.#latest,
      share: isKnown ? Math.min(1, done / total) : undefined,
      rate,
      secondsLeft: isKnown && rate !== undefined ? Math.max(0, total - done) / rate : undefined,
    };
  }
}
