import type { ChoiceState, Condition } from "../definition.ts";
import { DefinitionError } from "../error.ts";
import type { JsonObject } from "../json.ts";
import { checkedPath, given } from "./check.ts";
import { inputOutput } from "./fields.ts";

/** A Choice state: its rules, each with the state it leads to. */
export function compileChoice(place: string, state: ChoiceState): JsonObject {
  if (state.choices.length === 0) throw new DefinitionError(`${place}.Choices: there is none`);
  return {
    Type: "Choice",
    ...inputOutput(place, state),
    Choices: state.choices.map((rule, i) => ({
      ...compileCondition(`${place}.Choices[${i}]`, rule),
      Next: rule.next,
    })),
    ...given({ Default: state.default }),
  };
}

function compileCondition(place: string, condition: Condition): JsonObject {
  if ("and" in condition) {
    return { And: condition.and.map((part, i) => compileCondition(`${place}.And[${i}]`, part)) };
  }
  if ("or" in condition) {
    return { Or: condition.or.map((part, i) => compileCondition(`${place}.Or[${i}]`, part)) };
  }
  if ("not" in condition) return { Not: compileCondition(`${place}.Not`, condition.not) };
  return {
    Variable: checkedPath(`${place}.Variable`, condition.variable),
    [condition.operator]: condition.value,
  };
}
