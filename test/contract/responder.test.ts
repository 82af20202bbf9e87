import { describe } from "vitest";

import { answers } from "./responder/answers.ts";
import { examples } from "./responder/examples.ts";
import { lambdaFunction } from "./responder/lambda-function.ts";
import { localServer } from "./responder/local-server.ts";
import { parameters } from "./responder/parameters.ts";

/* responder-deployed.slow.test.ts asks the same of the API that is deployed. */
describe.each([localServer, lambdaFunction])("the $name", (edge) => {
  examples(edge);
  answers(edge);
  parameters(edge);
});
