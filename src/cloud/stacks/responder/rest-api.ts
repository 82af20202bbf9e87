import { createHash } from "node:crypto";

import { CfnOutput, Fn, Stack } from "aws-cdk-lib";
import {
  CfnDeployment,
  CfnGatewayResponse,
  type CfnMethod,
  CfnRestApi,
  CfnStage,
} from "aws-cdk-lib/aws-apigateway";
import type { CfnFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

import { ROUTES } from "../../../responder/index.ts";
import { acknowledge } from "../acknowledge.ts";
import { numberParameter, onlyIf, switchParameter } from "../parameters.ts";
import { refusals } from "./refusals.ts";
import { recommendationMethods } from "./routes.ts";

const STAGE = "prod";

interface RestApiProps {
  readonly handler: CfnFunction;
  readonly logGroup: { readonly arn: string };
}

/** `RecSys-REST-APIs` with its stage `prod` (Q66, Q67) and three GET routes. */
export function restApi(scope: Construct, { handler, logGroup }: RestApiProps): void {
  const api = new CfnRestApi(scope, "Api", {
    name: "RecSys-REST-APIs",
    description: "Recommendations of items to users, of users to items, and of popular items",
    endpointConfiguration: { types: ["REGIONAL"] },
    minimumCompressionSize: 1024,
  });
  acknowledge(api, {
    "AwsSolutions-APIG2":
      "The function checks parameters and answers as on one machine; API Gateway's own answer would differ",
  });
  const methods = recommendationMethods(scope, { api, handler });
  const responses = refusals(scope, api);
  const stage = new CfnStage(scope, "Stage", {
    restApiId: api.ref,
    stageName: STAGE,
    deploymentId: deployment(scope, api, [...methods, ...responses]),
    methodSettings: [
      {
        httpMethod: "*",
        resourcePath: "/*",
        metricsEnabled: true,
        throttlingRateLimit: limit(scope, "RequestsPerSecond", 100),
        throttlingBurstLimit: limit(scope, "BurstRequests", 200),
      },
    ],
    accessLogSetting: accessLog(scope, logGroup),
  });
  acknowledge(stage, {
    "AwsSolutions-APIG1":
      "Access logs are a parameter: they need a role that belongs to the whole account",
    "AwsSolutions-APIG3":
      "A firewall costs by the month and is the owner's to choose; calls are throttled",
    "AwsSolutions-APIG6":
      "Needs a role that belongs to the whole account; the function logs every call",
  });

  const base = Fn.sub(`https://\${Api}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/${STAGE}`);
  new CfnOutput(scope, "InvokeUrl", { value: base });
  for (const { path } of ROUTES) {
    new CfnOutput(scope, outputName(path), {
      description: `GET ${path}`,
      value: Fn.join("", [base, path]),
    });
  }
  new CfnOutput(scope, "RestApiId", { value: api.ref });
}

/** A deployment is a copy of the methods as they were when it was made. So its name changes with them: a changed template makes another. */
function deployment(
  scope: Construct,
  api: CfnRestApi,
  parts: readonly (CfnMethod | CfnGatewayResponse)[],
): string {
  // CDK's own deployment names itself by the same (internal) means.
  const shapes = parts.map((part) =>
    (part as unknown as { _toCloudFormation: () => object })._toCloudFormation(),
  );
  const shape = JSON.stringify(Stack.of(scope).resolve(shapes));
  const hash = createHash("sha256").update(shape).digest("hex").slice(0, 8);
  const made = new CfnDeployment(scope, `Deployment${hash}`, { restApiId: api.ref });
  for (const part of parts) made.addResourceDependency(part);
  return made.ref;
}

function limit(scope: Construct, name: string, value: number): number {
  return numberParameter(scope, name, {
    description: `${name === "BurstRequests" ? "Requests at once" : "Requests a second"} that the API takes at most`,
    default: value,
    minValue: 1,
  });
}

function accessLog(
  scope: Construct,
  logGroup: { readonly arn: string },
): CfnStage.AccessLogSettingProperty {
  const wanted = switchParameter(scope, "ApiAccessLogs", {
    description:
      "Log each call of the API? The account must have a role for API Gateway's logs; the function logs calls anyway",
    default: "false",
  });
  return onlyIf(wanted, {
    DestinationArn: logGroup.arn,
    Format: JSON.stringify({
      requestId: "$context.requestId",
      time: "$context.requestTime",
      ip: "$context.identity.sourceIp",
      path: "$context.path",
      status: "$context.status",
      milliseconds: "$context.responseLatency",
    }),
  } as CfnStage.AccessLogSettingProperty);
}

/** `/recommend/item-to-user` → `ItemToUserUrl`. */
function outputName(path: string): string {
  const words = path.split("/").at(-1)!.split("-");
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")}Url`;
}
