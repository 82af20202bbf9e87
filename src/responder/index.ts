export { type AcceptedKeys, acceptedKeys } from "./api-keys.ts";
export { type KeyRule, withKeyRule } from "./key-rule.ts";
export { createLambdaResponder, type LambdaResponder } from "./lambda/handler.ts";
export { openApiDocument } from "./openapi.ts";
export { createResponder, type ResponderOptions } from "./responder.ts";
export { ROUTES } from "./routes.ts";
export { type RunningResponder, serveResponder } from "./serve.ts";
