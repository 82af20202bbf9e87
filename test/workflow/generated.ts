import fc, { type GeneratorValue } from "fast-check";

import type {
  Catcher,
  ChoiceRule,
  Json,
  State,
  TaskCall,
  Workflow,
} from "../../src/workflow/index.ts";
import { WorkflowError } from "../../src/workflow/index.ts";

/** A generated workflow, and how often the work of each of its tasks fails before it succeeds. */
export interface Generated {
  readonly workflow: Workflow;
  /** State → failures of each of its visits. */
  readonly failures: ReadonlyMap<string, number>;
  /** The one error of all failures: which of several comes first in time is then no matter. */
  readonly error: string;
  readonly waits: readonly string[];
}

export const INPUT = { at: "top", n: 3, flag: true, word: "b", list: [4, 7, 1] };

/**
 * Builds a workflow that always ends: states lead forwards only. All data are objects like
 * {@link INPUT}, so that paths lead somewhere; `at` names the iteration.
 */
export function generate(draw: GeneratorValue): Generated {
  const failures = new Map<string, number>();
  const waits: string[] = [];
  const whole = (min: number, max: number): number => draw(fc.integer, { min, max });
  const pick = <T>(...values: readonly T[]): T => values[whole(0, values.length - 1)]!;
  const error = pick("Busy", "Doomed");
  let count = 0;

  const body = (depth: number): Workflow => {
    const names = Array.from({ length: whole(1, 4) }, () => `S${count++}`);
    const states = names.map((name, i): [string, State] => [
      name,
      state(name, names.slice(i + 1), depth),
    ]);
    return { startAt: names[0]!, states: Object.fromEntries(states) };
  };

  const state = (name: string, later: readonly string[], depth: number): State => {
    const next = later[0];
    const onward = next === undefined ? {} : { next };
    const resultPath = `$.${name}`;
    const caught: { catch?: readonly Catcher[] } =
      next !== undefined && draw(fc.boolean)
        ? {
            catch: [
              {
                errorEquals: [pick("Busy", "Doomed", "States.ALL")],
                next: pick(...later),
                resultPath: `$.caught${name}`,
              },
            ],
          }
        : {};
    const kinds = ["Task", "Task", "Pass", "Wait"];
    if (next === undefined) kinds.push("Succeed", "Fail");
    else kinds.push("Choice", "Choice");
    if (depth > 0) kinds.push("Map", "Parallel");
    switch (pick(...kinds)) {
      case "Task": {
        failures.set(name, pick(0, 0, 1, 2, 5));
        const retry = [
          { errorEquals: [pick("Busy", "States.TaskFailed")], maxAttempts: whole(0, 3) },
        ];
        return {
          type: "Task",
          resource: `arn:aws:states:::test:${name}`,
          parameters: { "at.$": "$.at", state: name, "n.$": "States.MathAdd($.n, 1)" },
          resultSelector: { "n.$": "$.n", "all.$": "States.Array($.n, $.at)" },
          resultPath,
          ...(draw(fc.boolean) ? { retry } : {}),
          ...caught,
          ...onward,
        };
      }
      case "Pass":
        return pick<State>(
          { type: "Pass", result: { fixed: name }, resultPath, ...onward },
          { type: "Pass", parameters: { "copy.$": "$.list[1]" }, resultPath, ...onward },
          { type: "Pass", resultPath: null, result: 1, ...onward },
        );
      case "Wait":
        waits.push(name);
        return { type: "Wait", seconds: whole(1, 9), ...onward };
      case "Choice": {
        const rule = (): ChoiceRule =>
          ({
            ...pick<Omit<Extract<ChoiceRule, { variable: string }>, "next">>(
              { variable: "$.n", operator: "NumericLessThan", value: whole(0, 9) },
              { variable: "$.flag", operator: "BooleanEquals", value: draw(fc.boolean) },
              {
                variable: "$.word",
                operator: "StringGreaterThanEquals",
                value: pick("a", "b", "c"),
              },
              { variable: `$.S${whole(0, 20)}`, operator: "IsPresent", value: true },
            ),
            next: pick(...later),
          }) as ChoiceRule;
        return { type: "Choice", choices: [rule(), rule()], default: next! };
      }
      case "Map":
        return {
          type: "Map",
          itemsPath: "$.list",
          itemSelector: {
            "at.$": `States.Format('{}/${name}.{}', $.at, $$.Map.Item.Index)`,
            "n.$": "$$.Map.Item.Value",
            "flag.$": "$.flag",
            word: pick("a", "c"),
            list: [2, 5],
          },
          maxConcurrency: whole(0, 2),
          itemProcessor: body(depth - 1),
          resultPath,
          ...caught,
          ...onward,
        };
      case "Parallel":
        return {
          type: "Parallel",
          branches: Array.from({ length: whole(1, 3) }, () => body(depth - 1)),
          resultPath,
          ...caught,
          ...onward,
        };
      case "Succeed":
        return { type: "Succeed" };
      default:
        return { type: "Fail", error, cause: "it must be so" };
    }
  };
  return { workflow: body(2), failures, error, waits };
}

/** Does the work of a generated workflow's tasks, and counts what is started and finished where. */
export class GeneratedWork {
  readonly started: string[] = [];
  readonly finished: string[] = [];
  readonly #generated: Generated;
  readonly #tries: Map<string, number>;

  /** `tries` outlives a killed process: the world does not forget how often something failed. */
  constructor(generated: Generated, tries = new Map<string, number>()) {
    this.#generated = generated;
    this.#tries = tries;
  }

  readonly run = async ({ parameters }: Pick<TaskCall, "parameters">): Promise<Json> => {
    const { at, state } = parameters as { at: string; state: string };
    const key = `${state} at ${at}`;
    this.started.push(key);
    await Promise.resolve();
    const tries = (this.#tries.get(key) ?? 0) + 1;
    this.#tries.set(key, tries);
    if (tries <= this.#generated.failures.get(state)!) {
      throw new WorkflowError(this.#generated.error, "it must be so");
    }
    this.finished.push(key);
    return parameters;
  };
}
