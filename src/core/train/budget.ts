import type { TrainingConfig } from "../../schema/index.ts";
import type { Histories } from "../data/index.ts";
import type { ModelCard } from "../model/model-file.ts";
import type { ModelSettings } from "../model/settings.ts";
import { stepsPerEpoch } from "./rows.ts";

/** What a training of so many minutes may take, turned into steps before it begins. */
type BudgetRecord = NonNullable<ModelCard["budget"]>;

/** Of the minutes, what the race may take; the fits at full width have the rest. */
const RACE_SHARE = 0.3;
/** Candidates that a race has room for at least: its shortest are two forms and their neighbours. */
const RACE_CANDIDATES = 8;
/**
 * Fits at full width as long as the longest: those that find its epochs take twice its steps together, then come the one
 * that is evaluated and the one that is served, on some more rows.
 */
const FULL_FITS = 4.5;

/**
 * Caps what tuning and fits take together. The clock is not asked: a fixed model of the cost says how many steps the
 * minutes are, the same on any machine, so that the same data, seed and budget give the same model.
 *
 * Every fit takes one epoch at least, whatever the budget.
 */
export class TrainingBudget {
  readonly #minutes: number;
  #raceSeconds = 0;
  #fitSeconds = 0;
  #isCapping = false;

  constructor(minutes: number) {
    this.#minutes = minutes;
  }

  /** Epochs of a candidate of the race, at most `wanted`. */
  raceEpochs(train: Histories, settings: ModelSettings, wanted: number): number {
    const seconds = (RACE_SHARE * this.#seconds) / RACE_CANDIDATES;
    return this.#capped(wanted, seconds / epochSeconds(train, settings));
  }

  /** May another candidate race? One of as many seconds as those before took on average. */
  affordsCandidate(before: number): boolean {
    const next = this.#raceSeconds / Math.max(1, before);
    const affords = this.#raceSeconds + next <= RACE_SHARE * this.#seconds;
    if (!affords) this.#isCapping = true;
    return affords;
  }

  /** A candidate of the race has run. */
  spendOnRace(train: Histories, settings: ModelSettings): void {
    this.#raceSeconds += settings.epochs * epochSeconds(train, settings);
  }

  /** Epochs of the longest fit at full width, at most `wanted`. */
  fitEpochs(train: Histories, settings: ModelSettings, wanted: number): number {
    const seconds = ((1 - RACE_SHARE) * this.#seconds) / FULL_FITS;
    const epochs = this.#capped(wanted, seconds / epochSeconds(train, settings));
    this.#fitSeconds = FULL_FITS * epochs * epochSeconds(train, settings);
    return epochs;
  }

  /** What it came to, for the model's report. */
  get record(): BudgetRecord {
    return {
      minutes: this.#minutes,
      plannedSeconds: Math.round(this.#raceSeconds + this.#fitSeconds),
      isCapping: this.#isCapping,
    };
  }

  get #seconds(): number {
    return 60 * this.#minutes;
  }

  #capped(wanted: number, affordable: number): number {
    const epochs = Math.max(1, Math.min(wanted, Math.floor(affordable)));
    if (epochs < wanted) this.#isCapping = true;
    return epochs;
  }
}

/** The configuration's budget, `undefined` without one. */
export function budgetOf({ budgetMinutes }: TrainingConfig): TrainingBudget | undefined {
  return budgetMinutes === undefined ? undefined : new TrainingBudget(budgetMinutes);
}

/*
 * Fitted on steps of both forms, widths 64 to 256 and 256 to 2,048 negatives, on a sample shop and on MovieLens-1M, two
 * threads of a shared machine: within 40 % of each (docs/model.md).
 */
const STEP_SECONDS = 1.2e-3;
const SECONDS_OF_A_GIGAFLOP = 6.8e-3;
/** Of a million numbers gathered from histories. */
const SECONDS_OF_A_GATHER = 1.7e-3;
/** After an epoch this many users are ranked, each under three priors. */
const JUDGED_USERS = 1000;
const SECONDS_OF_A_JUDGED_PAIR = 2e-8;

/** Seconds of an epoch by the fixed model: products of rows and negatives, the query's network, histories, and the look after it. */
export function epochSeconds(train: Histories, settings: ModelSettings): number {
  const { batchRows, negatives, embeddingSize, hiddenUnits, history, historyLength } = settings;
  const mean = train.itemIndices.length / Math.max(1, train.users);
  const length = history === "flat" ? mean : Math.min(historyLength, mean / 2);
  const products = 6 * batchRows * negatives * embeddingSize;
  const network = 12 * batchRows * embeddingSize * hiddenUnits;
  const step =
    STEP_SECONDS +
    ((products + network) / 1e9) * SECONDS_OF_A_GIGAFLOP +
    ((batchRows * length * embeddingSize) / 1e6) * SECONDS_OF_A_GATHER;
  const judged = Math.min(JUDGED_USERS, train.users) * train.items * SECONDS_OF_A_JUDGED_PAIR;
  return stepsPerEpoch(train, settings) * step + judged;
}
