/** One thing that is wrong with the configuration. */
export interface ConfigProblem {
  /** Where it was written: `recsys.config.json:3:5`, a variable's name, a flag. */
  readonly origin: string;
  /** The setting, as `training.seed`; empty when the whole file is meant. */
  readonly path: string;
  /** What is wrong, what was got, what would be right. */
  readonly problem: string;
}

/** The configuration cannot be used; carries every problem, not only the first. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(({ origin, problem }) => `${origin}: ${problem}`).join("\n"));
    this.problems = problems;
  }
}
