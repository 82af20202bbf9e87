import { type Estimates, type GateMetric } from "../../schema/index.ts";
import { Bootstrap, type Resampling } from "./bootstrap.ts";
import { RANKING_METRICS } from "./metrics/index.ts";
import { listOf, type Rankings } from "../rank/index.ts";

/** A metric at a list length. */
export interface Measure {
  readonly metric: GateMetric;
  readonly k: number;
}

/** The measure's name in reports: `ndcg@10`. */
export function nameOf({ metric, k }: Measure): string {
  return `${metric}@${k}`;
}

/** Every metric at every list length. */
export function measuresAt(ks: readonly number[]): readonly Measure[] {
  const metrics = Object.keys(RANKING_METRICS) as GateMetric[];
  return metrics.flatMap((metric) => ks.map((k) => ({ metric, k })));
}

/** Scorers measured on the same users, with intervals that are paired between scorers. */
export class Comparison {
  /** Users with a relevant item: the denominator. */
  readonly users: number;
  /** Relevant items in all. */
  readonly relevant: number;
  readonly #measures: readonly Measure[];
  readonly #bootstrap: Bootstrap | undefined;

  /**
   * @param rankings - of each scorer, all of the same U users
   * @param relevant - (U) what each of the users was to be shown
   * @param measures - what is measured
   * @param resampling - of the users
   */
  constructor(
    rankings: readonly Rankings[],
    relevant: readonly ReadonlySet<number>[],
    measures: readonly Measure[],
    resampling: Resampling,
  ) {
    const rows = [...relevant.keys()].filter((row) => relevant[row]!.size > 0);
    const columns = rankings.length * measures.length;
    const values = new Float64Array(rows.length * columns);
    let at = 0;
    for (const row of rows) {
      for (const ranking of rankings) {
        const list = listOf(ranking, row);
        for (const { metric, k } of measures) {
          values[at++] = RANKING_METRICS[metric](list, relevant[row]!, k)!;
        }
      }
    }
    this.users = rows.length;
    this.relevant = relevant.reduce((sum, { size }) => sum + size, 0);
    this.#measures = measures;
    this.#bootstrap = rows.length === 0 ? undefined : new Bootstrap(values, columns, resampling);
  }

  /** What a scorer reached; empty without users. */
  estimates(scorer: number): Estimates {
    const first = scorer * this.#measures.length;
    return this.#byName((bootstrap, measure) => bootstrap.estimate(first + measure));
  }

  /** By how much a scorer is above another. */
  differences(scorer: number, minus: number): Estimates {
    const first = scorer * this.#measures.length;
    const other = minus * this.#measures.length;
    return this.#byName((bootstrap, measure) =>
      bootstrap.difference(first + measure, other + measure),
    );
  }

  #byName(of: (bootstrap: Bootstrap, measure: number) => Estimates[string]): Estimates {
    const bootstrap = this.#bootstrap;
    if (bootstrap === undefined) return {};
    return Object.fromEntries(
      this.#measures.map((measure, index) => [nameOf(measure), of(bootstrap, index)]),
    );
  }
}
