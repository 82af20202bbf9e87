import type { CfnRole } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";

import { componentRole } from "../access/component-role.ts";
import { allow, allowOnAny, arn } from "../access/statement.ts";
import { keyAccess, type OwnersBucket, reads, removes, writes } from "../bucket.ts";
import { pullsImage } from "../image.ts";
import { STAGES, type WorkflowComponent } from "./components.ts";

/** The role of a workflow's jobs in SageMaker: what a stage reads and writes, its image, its logs. */
export function jobRole(
  scope: Construct,
  component: WorkflowComponent,
  { bucket, imageUri }: { readonly bucket: OwnersBucket; readonly imageUri: string },
): CfnRole {
  return componentRole(scope, "JobRole", {
    component: `${component.component}-Jobs`,
    description: `The jobs of the ${component.workflow} workflow of RecSys`,
    service: "sagemaker.amazonaws.com",
    statements: [
      ...reads(component.reads),
      writes(component.writes),
      removes(STAGES),
      ...pullsImage(imageUri),
      allow(
        "WriteSageMakersLogs",
        [
          "logs:CreateLogGroup",
          "logs:CreateLogStream",
          "logs:DescribeLogStreams",
          "logs:PutLogEvents",
        ],
        [arn("logs", "log-group:/aws/sagemaker/*")],
      ),
      allowOnAny(
        "TellLoadOfInstances",
        ["cloudwatch:PutMetricData"],
        "Metrics have no resource; the condition names the only namespaces",
        { StringLike: { "cloudwatch:namespace": ["/aws/sagemaker/*"] } },
      ),
    ],
    conditional: [keyAccess(bucket)],
  });
}
