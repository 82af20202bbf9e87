import { pino } from "pino";

import { openReadableBucket } from "../../storage/index.ts";
import { deployedConfig } from "./deployed-config.ts";
import { createLambdaResponder, type LambdaResponder } from "./handler.ts";
import type { ProxyEvent, ProxyResult } from "./proxy-event.ts";

/*
 * The function's entry: `npm run release` bundles it. The stack says in the environment where everything is.
 */
const {
  RECSYS_BUCKET = "",
  RECSYS_BUCKET_PREFIX = "",
  RECSYS_DEPLOYMENT = "0",
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE = "1024",
} = process.env;

/** Part of the function's memory that holds read blocks of the index; the rest is for ids, attributes and Node. */
const CACHE_SHARE = 1 / 4;

const log = pino({ base: null, formatters: { level: (level) => ({ level }) } });

async function start(): Promise<LambdaResponder> {
  const cacheBytes = Number(AWS_LAMBDA_FUNCTION_MEMORY_SIZE) * CACHE_SHARE * (1 << 20);
  const bucket = await openReadableBucket(RECSYS_BUCKET, RECSYS_BUCKET_PREFIX, { cacheBytes });
  const config = await deployedConfig(bucket, RECSYS_DEPLOYMENT);
  // Wall time: a clock of the process may stand still while the function is frozen.
  const clock = () => new Date().getTime() / 1000;
  const responder = createLambdaResponder({ bucket, config, log, clock });
  await responder.warmUp();
  return responder;
}

let responder: Promise<LambdaResponder> | undefined;

/** Starts once; a start that failed is tried again by the next call. */
function started(): Promise<LambdaResponder> {
  responder ??= start().catch((error: unknown) => {
    responder = undefined;
    throw error;
  });
  return responder;
}

// While the function is set up, which AWS does with a whole processor and before it counts the call's time.
await started().catch((error: unknown) => {
  log.error({ err: error }, "the function could not start");
});

/** What API Gateway calls. */
export async function handler(event: ProxyEvent): Promise<ProxyResult> {
  return (await started()).handler(event);
}
