import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from "fastify";

import type { Account } from "../../cloud/index.ts";
import type { ExecutionEngine } from "../../recipe/index.ts";
import type { ResolvedConfig, Role } from "../../schema/index.ts";
import type { Bucket } from "../../storage/index.ts";

/** What every group of the panel's routes is given. */
export interface PanelContext {
  readonly bucket: Bucket;
  /** Defaults, file, environment and flags: what the draft is laid over, and what it cannot change. */
  readonly base: ResolvedConfig;
  readonly clock: () => Date;
  readonly log: FastifyBaseLogger;
  /** Keeps who did what to what, for ever. */
  readonly audit: (
    request: FastifyRequest,
    action: string,
    subject: string,
    detail?: string,
  ) => void;
  /** A folder on the local disk that is the panel's own. */
  readonly scratchFolder: string;
  readonly responder: ResponderControl;
  /** Where the stacks stand and executions run, if that is AWS; without it, this machine. */
  readonly cloud?: PanelCloud;
  /** Address of the Redis server where workers are met, if there are any. */
  readonly redis?: string | undefined;
  readonly version: string;
}

/** The AWS account of the stacks. */
export interface PanelCloud {
  readonly account: Account;
  /** Its Step Functions. */
  readonly engine: ExecutionEngine;
}

/** The REST API beside the panel. */
export interface ResponderControl {
  /** Where `/recommend/*` answers, without a slash at the end. */
  readonly url: string;
  /** Takes up the responder's deployment as it now stands in the bucket, none included. */
  redeploy(): Promise<void>;
}

/** Adds a group of routes below `/panel/api`. */
export type AddRoutes = (app: FastifyInstance, panel: PanelContext) => void;

/** Whom a route lets in; `anyone` needs no login. A change needs the CSRF token besides. */
export type Access = Role | "anyone";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Required of every route: one that does not say whom it lets in refuses to start. */
    access?: Access;
  }
}

/** Who is logged in; only on routes that are not for anyone. */
export interface Visitor {
  readonly name: string;
  readonly role: Role;
}

declare module "fastify" {
  interface FastifyRequest {
    visitor: Visitor | null;
  }
}

/** A refusal, answered as a `PanelProblem`. */
export class PanelError extends Error {
  override readonly name = "PanelError";
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 429 | 503;
  readonly code: string;
  readonly fields: readonly { readonly path: string; readonly problem: string }[] | undefined;

  constructor(
    status: PanelError["status"],
    code: string,
    message: string,
    fields?: PanelError["fields"],
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}
