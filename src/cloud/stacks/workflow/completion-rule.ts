import { Fn } from "aws-cdk-lib";
import { CfnRule } from "aws-cdk-lib/aws-events";
import type { CfnStateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";

import type { WorkflowName } from "../../../recipe/index.ts";
import { acknowledge, EMPTY_MEANS_ABSENT } from "../acknowledge.ts";
import { isGiven, onlyIf, parameter } from "../parameters.ts";

/**
 * Tells of each completion, however it ended. Step Functions puts the event on the default bus by itself; the rule is the
 * place where the owner's other solutions take it from, and sends it on to a topic if one is given.
 */
export function completionRule(
  scope: Construct,
  workflow: WorkflowName,
  machine: CfnStateMachine,
): void {
  const topic = parameter(scope, "CompletionTopicArn", {
    description:
      "SNS topic that is told of each completion (its policy must let events.amazonaws.com publish); empty: none",
    default: "",
    allowedPattern: "^(|arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:.+)$",
  });
  const rule = new CfnRule(scope, "Completion", {
    name: `RecSys-${workflow}-completion`,
    description: `An execution of RecSys's ${workflow} workflow has ended`,
    eventPattern: {
      source: ["aws.states"],
      "detail-type": ["Step Functions Execution Status Change"],
      detail: {
        stateMachineArn: [machine.attrArn],
        status: ["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"],
      },
    },
    targets: onlyIf(isGiven(scope, "HasCompletionTopic", topic), topicTarget(workflow, topic)),
  });
  acknowledge(rule, EMPTY_MEANS_ABSENT);
}

/**
 * What the topic is told. The error's name stands between quotes of the template, so that it is a text also where the event has none.
 *
 * Within a condition the template's own spelling stands, which CDK's types do not know.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
function topicTarget(workflow: WorkflowName, topic: string): CfnRule.TargetProperty[] {
  const target = {
    Id: "Topic",
    Arn: topic,
    InputTransformer: {
      InputPathsMap: {
        execution: "$.detail.name",
        status: "$.detail.status",
        error: "$.detail.error",
        arn: "$.detail.executionArn",
        time: "$.time",
      },
      InputTemplate: Fn.sub(
        `{"application": "RecSys", "workflow": "${workflow}", "execution": <execution>, "status": <status>, "error": "<error>", ` +
          `"bucket": "\${BucketName}", "prefix": "\${BucketPrefix}", "executionArn": <arn>, "time": <time>}`,
      ),
    },
  };
  return [target] as unknown as CfnRule.TargetProperty[];
}
