import { Fn } from "aws-cdk-lib";
import { CfnMethod, CfnResource, type CfnRestApi } from "aws-cdk-lib/aws-apigateway";
import { type CfnFunction, CfnPermission } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

import { ROUTES } from "../../../responder/index.ts";
import { acknowledge } from "../acknowledge.ts";

/** The three GET routes (Q69–Q72). Keys and parameters are checked by the function alone, as on one machine. */
export function recommendationMethods(
  scope: Construct,
  { api, handler }: { readonly api: CfnRestApi; readonly handler: CfnFunction },
): readonly CfnMethod[] {
  const recommend = new CfnResource(scope, "Recommend", {
    restApiId: api.ref,
    parentId: api.attrRootResourceId,
    pathPart: "recommend",
  });
  return ROUTES.map(({ path }) => {
    const pathPart = path.replace("/recommend/", "");
    const id = pathPart.replace(/(^|-)./g, (start) => start.replace("-", "").toUpperCase());
    const resource = new CfnResource(scope, id, {
      restApiId: api.ref,
      parentId: recommend.ref,
      pathPart,
    });
    new CfnPermission(scope, `${id}MayInvoke`, {
      action: "lambda:InvokeFunction",
      functionName: handler.attrArn,
      principal: "apigateway.amazonaws.com",
      sourceArn: Fn.sub(
        `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/*/GET${path}`,
      ),
    });
    const method = new CfnMethod(scope, `Get${id}`, {
      restApiId: api.ref,
      resourceId: resource.ref,
      httpMethod: "GET",
      authorizationType: "NONE",
      integration: {
        type: "AWS_PROXY",
        integrationHttpMethod: "POST",
        uri: Fn.sub(
          "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}/invocations",
        ),
      },
    });
    acknowledge(method, {
      "AwsSolutions-APIG4": KEYS,
      "AwsSolutions-COG4": KEYS,
    });
    return method;
  });
}

const KEYS =
  "Callers are the owner's servers: the function asks for an API key, unless the owner turns that off";
