import { CfnGatewayResponse, type CfnRestApi } from "aws-cdk-lib/aws-apigateway";
import type { Construct } from "constructs";

import type { ApiError } from "../../../schema/index.ts";

/** What API Gateway refuses by itself, answered as the responder would. */
const REFUSALS = [
  {
    // API Gateway's name for a path or a method that does not exist.
    id: "NoRoute",
    responseType: "MISSING_AUTHENTICATION_TOKEN",
    statusCode: "404",
    code: "not_found",
    message: "there is no such path and method",
  },
  {
    id: "TooMany",
    responseType: "THROTTLED",
    statusCode: "429",
    code: "invalid_request",
    message: "too many requests; try again in a second",
  },
  {
    id: "NoAnswer",
    responseType: "DEFAULT_5XX",
    statusCode: undefined,
    code: "internal_error",
    message: "the answer could not be made; the log has the reason",
  },
] as const satisfies readonly { code: ApiError["error"]["code"]; [name: string]: unknown }[];

/** The refusals, in the template. */
export function refusals(scope: Construct, api: CfnRestApi): readonly CfnGatewayResponse[] {
  return REFUSALS.map(
    ({ id, responseType, statusCode, code, message }) =>
      new CfnGatewayResponse(scope, id, {
        restApiId: api.ref,
        responseType,
        ...(statusCode === undefined ? {} : { statusCode }),
        responseTemplates: { "application/json": JSON.stringify({ error: { code, message } }) },
      }),
  );
}
