import type { CfnRole } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";

import { componentRole } from "../access/component-role.ts";
import { allow, allowOnAny, arn, type Statement } from "../access/statement.ts";
import type { WorkflowComponent } from "./components.ts";

/** Words of SageMaker's and Step Functions' API for a kind of job. */
const KINDS = {
  processing: {
    action: "ProcessingJob",
    resource: "processing-job",
    rule: "StepFunctionsGetEventsForSageMakerProcessingJobsRule",
  },
  training: {
    action: "TrainingJob",
    resource: "training-job",
    rule: "StepFunctionsGetEventsForSageMakerTrainingJobsRule",
  },
} as const;

/**
 * The role of a state machine: starts, watches and stops RecSys's own jobs (their names begin with `recsys-`), lets them
 * act in the jobs' role, and logs.
 *
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/sagemaker-iam.html and …/cw-logs.html
 */
export function workflowRole(
  scope: Construct,
  component: WorkflowComponent,
  jobRole: CfnRole,
): CfnRole {
  return componentRole(scope, "WorkflowRole", {
    component: `${component.component}-Workflow`,
    description: `The state machine of the ${component.workflow} workflow of RecSys`,
    service: "states.amazonaws.com",
    statements: [
      ...component.kinds.map(runsJobs),
      allow(
        "WaitForJobs",
        ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
        component.kinds.map((kind) => arn("events", `rule/${KINDS[kind].rule}`)),
      ),
      allow("GiveJobsTheirRole", ["iam:PassRole"], [jobRole.attrArn], {
        StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" },
      }),
      allowOnAny(
        "DeliverLogs",
        [
          "logs:CreateLogDelivery",
          "logs:GetLogDelivery",
          "logs:UpdateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:ListLogDeliveries",
          "logs:PutResourcePolicy",
          "logs:DescribeResourcePolicies",
          "logs:DescribeLogGroups",
        ],
        "CloudWatch Logs ties deliveries and resource policies to no log group: the actions have no resource",
      ),
    ],
  });
}

function runsJobs(kind: keyof typeof KINDS): Statement {
  const { action, resource } = KINDS[kind];
  return allow(
    `Run${action}s`,
    [
      `sagemaker:Create${action}`,
      `sagemaker:Describe${action}`,
      `sagemaker:Stop${action}`,
      "sagemaker:AddTags",
      "sagemaker:ListTags",
    ],
    [arn("sagemaker", `${resource}/recsys-*`)],
  );
}
