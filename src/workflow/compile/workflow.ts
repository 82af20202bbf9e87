import type { State, Workflow } from "../definition.ts";
import { DefinitionError } from "../error.ts";
import type { JsonObject } from "../json.ts";
import { given } from "./check.ts";
import { compileChoice } from "./choice.ts";
import { compileFail } from "./fail.ts";
import type { CompileBody } from "./fields.ts";
import { compileMap } from "./map.ts";
import { compileParallel } from "./parallel.ts";
import { compilePass } from "./pass.ts";
import { compileSucceed } from "./succeed.ts";
import { compileTask } from "./task.ts";
import { checkTransitions } from "./transitions.ts";
import { compileWait } from "./wait.ts";

/**
 * Compiles a workflow to the JSON of the Amazon States Language, the body of a state machine in AWS.
 *
 * @throws DefinitionError if anything is wrong or outside the subset; the message names the place
 */
export function compileWorkflow(workflow: Workflow): JsonObject {
  const names = new Set<string>();
  const compileBody: CompileBody = (place, { comment, startAt, states }) => {
    for (const name of Object.keys(states)) {
      if (names.has(name)) throw new DefinitionError(`state "${name}": the name is used twice`);
      if (name.length > 80) throw new DefinitionError(`state "${name}": over 80 characters`);
      names.add(name);
    }
    checkTransitions(place === "" ? "" : `${place}.`, { startAt, states });
    const compiled = Object.entries(states).map(([name, state]) => [
      name,
      compileState(`state "${name}"`, state, compileBody),
    ]);
    return {
      ...given({ Comment: comment }),
      StartAt: startAt,
      States: Object.fromEntries(compiled) as JsonObject,
    };
  };
  return compileBody("", workflow);
}

function compileState(place: string, state: State, compileBody: CompileBody): JsonObject {
  switch (state.type) {
    case "Task":
      return compileTask(place, state);
    case "Map":
      return compileMap(place, state, compileBody);
    case "Parallel":
      return compileParallel(place, state, compileBody);
    case "Choice":
      return compileChoice(place, state);
    case "Wait":
      return compileWait(place, state);
    case "Pass":
      return compilePass(place, state);
    case "Succeed":
      return compileSucceed(place, state);
    case "Fail":
      return compileFail(place, state);
  }
}
