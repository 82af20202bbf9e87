import { describe, expect, test } from "vitest";

import { DEFINITIONS } from "../../src/recipe/index.ts";
import { compileWorkflow } from "../../src/workflow/index.ts";
import { fillIn } from "./fill-in.ts";
import { stateMachineOf, template } from "./templates.ts";

const IMAGE = "444455556666.dkr.ecr.eu-west-1.amazonaws.com/recsys:1.0";

describe("the workflows", () => {
  test.each([
    ["collector", "RecSysCollectorStack", "RecSysRecipeCollectorWorkflow"],
    ["core", "RecSysCoreStack", "RecSysRecipeCoreWorkflow"],
  ] as const)(
    "Q54 Q57 the %s's state machine is the definition that runs on one machine",
    (workflow, stack, machine) => {
      const { StateMachineName, DefinitionString, DefinitionSubstitutions } = stateMachineOf(stack);
      expect(StateMachineName).toBe(machine);
      expect(JSON.parse(DefinitionString)).toEqual(compileWorkflow(DEFINITIONS[workflow]));
      const places = [...DefinitionString.matchAll(/\$\{(\w+)\}/g)];
      expect(Object.keys(DefinitionSubstitutions).toSorted()).toEqual(
        [...new Set(places.map(([, name]) => name!))].toSorted(),
      );
    },
  );

  test.each(["RecSysCollectorStack", "RecSysCoreStack"])(
    "Q102 %s logs everything to the one log group",
    (stack) => {
      const { StateMachine } = fillIn(template(stack), {
        ImageUri: IMAGE,
        LogGroupName: "shop-logs",
      }).Resources;
      expect(StateMachine!.Properties["LoggingConfiguration"]).toEqual({
        Level: "ALL",
        IncludeExecutionData: true,
        Destinations: [
          {
            CloudWatchLogsLogGroup: {
              LogGroupArn: "arn:aws:logs:eu-west-1:111122223333:log-group:shop-logs:*",
            },
          },
        ],
      });
    },
  );

  test.each(["RecSysCollectorStack", "RecSysCoreStack"])(
    "%s has a rule for each completion, which tells a topic if there is one",
    (stack) => {
      const rule = (more = {}) =>
        fillIn(template(stack), { ImageUri: IMAGE, "StateMachine.Arn": "arn:machine", ...more })
          .Resources["Completion"]!.Properties;
      expect(rule()).toMatchObject({
        EventPattern: {
          source: ["aws.states"],
          detail: {
            stateMachineArn: ["arn:machine"],
            status: ["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"],
          },
        },
      });
      expect(rule()["Targets"]).toBeUndefined();
      const topic = "arn:aws:sns:eu-west-1:111122223333:done";
      expect(rule({ CompletionTopicArn: topic })["Targets"]).toMatchObject([{ Arn: topic }]);
    },
  );
});
