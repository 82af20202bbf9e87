import type { ApiError } from "../schema/index.ts";

const STATUS = {
  invalid_parameter: 400,
  invalid_request: 400,
  unauthorized: 401,
  not_found: 404,
  method_not_allowed: 405,
  internal_error: 500,
  nothing_served: 503,
} as const satisfies Record<ApiError["error"]["code"], number>;

/** A request that cannot be answered: thrown anywhere, turned into JSON in one place. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  readonly body: ApiError;

  constructor(code: ApiError["error"]["code"], message: string, parameter?: string) {
    super(message);
    this.status = STATUS[code];
    this.body = {
      error: { code, ...(parameter === undefined ? {} : { parameter }), message },
    };
  }
}
