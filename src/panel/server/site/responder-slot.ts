import type { IncomingMessage, ServerResponse } from "node:http";

import type { FastifyBaseLogger, FastifyInstance } from "fastify";

import { readDeployment } from "../../../recipe/index.ts";
import {
  type AcceptedKeys,
  acceptedKeys,
  createResponder,
  type KeyRule,
  withKeyRule,
} from "../../../responder/index.ts";
import type { Bucket } from "../../../storage/index.ts";
import { answerNotDeployed } from "./not-deployed.ts";

/** The place of the REST API on the site: the responder as it is deployed, exchanged while requests run. */
export interface ResponderSlot {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** Takes up the deployment as it now stands in the bucket, none included. Rejects, and leaves the old one, if that fails. */
  readonly redeploy: () => Promise<void>;
  /** Takes up the keys as they now stand in the bucket. */
  readonly refreshKeys: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A responder at work. */
interface Occupant {
  readonly app: FastifyInstance;
  readonly keys: AcceptedKeys;
  /** Requests whose body is still on its way to it. All others were answered, or took hold of their files, at once. */
  readonly pending: Set<ServerResponse>;
}

/**
 * Empty before the first redeploy.
 *
 * @param bucket - of the deployment, of what is served, and of the keys
 * @param log - of the responder
 * @param keyRule - where the deployed configuration does not say whether callers need a key
 */
export function responderSlot(
  bucket: Bucket,
  log: FastifyBaseLogger,
  keyRule: KeyRule,
): ResponderSlot {
  let current: Occupant | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };

  const exchange = async (next: Occupant | undefined): Promise<void> => {
    const retired = current;
    current = next;
    if (retired === undefined) return;
    await Promise.all([...retired.pending].map(closed));
    await retired.app.close();
  };

  return {
    handle(request, response) {
      if (current === undefined) {
        answerNotDeployed(request, response);
        return;
      }
      const { app, pending } = current;
      if (hasBody(request)) {
        pending.add(response);
        response.once("close", () => pending.delete(response));
      }
      app.routing(request, response);
    },
    redeploy: () => inTurn(async () => exchange(await occupant(bucket, log, keyRule))),
    refreshKeys: async () => current?.keys.refresh(),
    close: () => inTurn(() => exchange(undefined)),
  };
}

async function occupant(
  bucket: Bucket,
  log: FastifyBaseLogger,
  keyRule: KeyRule,
): Promise<Occupant | undefined> {
  const deployment = await readDeployment(bucket, "responder");
  if (deployment === undefined) return undefined;
  const config = withKeyRule(deployment.config.responder, keyRule);
  const keys = acceptedKeys(bucket, config.apiKeys);
  const app = createResponder({ bucket, config, log, keys });
  await app.ready();
  return { app, keys, pending: new Set() };
}

/** Does a body come with this request? */
export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers["content-length"];
  return headers["transfer-encoding"] !== undefined || (length !== undefined && length !== "0");
}

function closed(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.closed) resolve();
    else response.once("close", resolve);
  });
}
