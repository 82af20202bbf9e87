import { CfnOutput } from "aws-cdk-lib";
import { type CfnRestApi, type CfnStage, CfnUsagePlan } from "aws-cdk-lib/aws-apigateway";
import type { Construct } from "constructs";

/** The plan that API keys belong to; a key that is in no plan of the stage is refused. */
export function usagePlan(
  scope: Construct,
  { api, stage }: { readonly api: CfnRestApi; readonly stage: CfnStage },
): void {
  const plan = new CfnUsagePlan(scope, "UsagePlan", {
    usagePlanName: "RecSys",
    description: "Callers of RecSys's REST API",
    apiStages: [{ apiId: api.ref, stage: stage.ref }],
  });
  new CfnOutput(scope, "UsagePlanId", {
    description: "The plan that keys are made for",
    value: plan.ref,
  });
}
