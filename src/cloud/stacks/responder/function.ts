import { Fn } from "aws-cdk-lib";
import { CfnFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

import { componentRole } from "../access/component-role.ts";
import { allow, arn } from "../access/statement.ts";
import { keyAccess, type OwnersBucket, reads, readsObject } from "../bucket.ts";
import { numberParameter, parameter } from "../parameters.ts";

/**
 * The function behind the API. It may read what is served, the deployed configuration and the keys' digests, and write its log:
 * nothing else, so whatever a request makes of it, no raw data and no model can leave through it.
 */
export function responderFunction(
  scope: Construct,
  {
    bucket,
    logGroup,
  }: { readonly bucket: OwnersBucket; readonly logGroup: { readonly name: string } },
): CfnFunction {
  const codeBucket = parameter(scope, "CodeBucket", {
    description: "Bucket in this region that the function's code is taken from",
    allowedPattern: "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
  });
  const codeKey = parameter(scope, "CodeKey", {
    description: "The code, a zip; each version has a key of its own, or an update changes nothing",
    allowedPattern: "^.+\\.zip$",
  });
  const memory = numberParameter(scope, "MemoryMegabytes", {
    description: "Memory of the function; its share of a processor grows with it",
    default: 1024,
    minValue: 256, // Node with the app takes 105 MB before it has read anything
    maxValue: 10_240,
  });
  const role = componentRole(scope, "FunctionRole", {
    component: "Responder",
    description: "The function that answers RecSys's REST API",
    service: "lambda.amazonaws.com",
    statements: [
      ...reads(["batch_transform_inference_output", "deployments/responder"]),
      readsObject("ReadKeys", "api_keys.json"),
      allow(
        "WriteLog",
        ["logs:CreateLogStream", "logs:PutLogEvents"],
        [arn("logs", "log-group:${LogGroupName}:*")],
      ),
    ],
    conditional: [keyAccess(bucket)],
  });
  return new CfnFunction(scope, "Function", {
    functionName: "RecSys-Responder",
    description: "Answers RecSys's REST API",
    runtime: "nodejs24.x",
    architectures: ["arm64"],
    handler: "index.handler",
    code: { s3Bucket: codeBucket, s3Key: codeKey },
    role: role.attrArn,
    memorySize: memory,
    timeout: 10,
    loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
    environment: {
      variables: {
        RECSYS_BUCKET: Fn.sub("s3://${BucketName}"),
        RECSYS_BUCKET_PREFIX: bucket.prefix,
        RECSYS_DEPLOYMENT: Fn.ref("Deployment"),
      },
    },
  });
}
