import type { Construct } from "constructs";

import { bucketParameters } from "../bucket.ts";
import { deploymentParameter, logGroupParameter } from "../common-parameters.ts";
import { RecSysStack } from "../recsys-stack.ts";
import { responderFunction } from "./function.ts";
import { restApi } from "./rest-api.ts";

/** The responder's stack: the REST API in API Gateway, answered by a function that reads the recommendations in S3. */
export class ResponderStack extends RecSysStack {
  constructor(scope: Construct) {
    super(scope, "RecSysResponderStack", {
      component: "responder",
      description: "RecSys: the REST API of the recommendations",
    });
    const bucket = bucketParameters(this);
    const logGroup = logGroupParameter(this);
    restApi(this, { handler: responderFunction(this, { bucket, logGroup }), logGroup });
    deploymentParameter(this);
  }
}
