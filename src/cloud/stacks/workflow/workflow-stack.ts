import { CfnOutput, Fn } from "aws-cdk-lib";
import { CfnStateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";

import { DEFINITIONS } from "../../../recipe/index.ts";
import { compileWorkflow } from "../../../workflow/index.ts";
import { acknowledge } from "../acknowledge.ts";
import { arn } from "../access/statement.ts";
import { bucketParameters } from "../bucket.ts";
import { deploymentParameter, logGroupParameter } from "../common-parameters.ts";
import { imageParameter } from "../image.ts";
import { RecSysStack } from "../recsys-stack.ts";
import { completionRule } from "./completion-rule.ts";
import type { WorkflowComponent } from "./components.ts";
import { jobRole } from "./job-role.ts";
import { workflowRole } from "./workflow-role.ts";

/**
 * The collector's or the core's stack: the state machine, whose body is the very definition that the local engine
 * runs, the roles of it and of its jobs, and the rule that tells of each completion.
 *
 * Which instances a job has comes with the execution's input, as on one machine. Nothing here holds data: all of it can
 * be burned.
 */
export class WorkflowStack extends RecSysStack {
  constructor(scope: Construct, component: WorkflowComponent) {
    const { workflow, stackName, stateMachineName } = component;
    super(scope, stackName, {
      component: workflow,
      description: `RecSys: the ${workflow} workflow, run by Step Functions and SageMaker`,
    });
    const bucket = bucketParameters(this);
    const imageUri = imageParameter(this);
    const logGroup = logGroupParameter(this);
    const jobs = jobRole(this, component, { bucket, imageUri });
    const machine = new CfnStateMachine(this, "StateMachine", {
      stateMachineName,
      stateMachineType: "STANDARD",
      roleArn: workflowRole(this, component, jobs).attrArn,
      definitionString: JSON.stringify(compileWorkflow(DEFINITIONS[workflow])),
      definitionSubstitutions: { ImageUri: imageUri, JobRoleArn: jobs.attrArn },
      loggingConfiguration: {
        level: "ALL",
        includeExecutionData: true,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logGroup.arn } }],
      },
    });
    acknowledge(machine, {
      "AwsSolutions-SF2":
        "Jobs take minutes, and the history tells of each: X-Ray would cost, and needs rights over any resource",
    });
    completionRule(this, workflow, machine);
    new CfnOutput(this, "StateMachineArn", { value: machine.attrArn });
    new CfnOutput(this, "StateMachineConsole", {
      description: "Where the executions are shown in AWS",
      value: Fn.sub(
        "https://${AWS::Region}.console.aws.amazon.com/states/home?region=${AWS::Region}#/statemachines/view/${Arn}",
        { Arn: machine.attrArn },
      ),
    });
    new CfnOutput(this, "JobLogs", {
      description: "Where SageMaker itself writes what the jobs print",
      value: arn("logs", "log-group:/aws/sagemaker/ProcessingJobs"),
    });
    deploymentParameter(this);
  }
}
