import type { PanelProblem } from "../../../schema/index.ts";

/** What the server refused, with the fields of the form that are wrong. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly status: number;
  readonly code: string;
  readonly fields: readonly { readonly path: string; readonly problem: string }[];

  constructor(status: number, { error }: PanelProblem) {
    super(error.message);
    this.status = status;
    this.code = error.code;
    this.fields = error.fields ?? [];
  }
}

let csrfToken = "";

/** The token of the session, which every change must carry. */
export function setCsrfToken(token: string): void {
  csrfToken = token;
}

/** The header that a change made without `change` must carry, such as an upload. */
export function csrfHeaders(): Readonly<Record<string, string>> {
  return { "X-CSRF-Token": csrfToken };
}

/** Reads from the panel's API; `path` follows `/panel/api`. */
export function read<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return request<Answer>("GET", path, undefined, signal);
}

/** Changes something through the panel's API. */
export function change<Answer = void>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
): Promise<Answer> {
  return request<Answer>(method, path, body);
}

async function request<Answer>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const response = await reach(`/panel/api${path}`, {
    method,
    credentials: "same-origin",
    headers: {
      Accept: "application/json",
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(method === "GET" ? {} : csrfHeaders()),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as Answer;
  return (await response.json()) as Answer;
}

/** A browser's own words for a server that is gone are no help. */
async function reach(address: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(address, options);
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    throw new Error("the server cannot be reached; see whether it is running", { cause: error });
  }
}

/** The refusal that a response holds; in words of our own where a proxy answered instead. */
export async function problemOf(response: Response): Promise<RequestError> {
  try {
    return new RequestError(response.status, (await response.json()) as PanelProblem);
  } catch {
    const message = `the server answered ${response.status} ${response.statusText}`;
    return new RequestError(response.status, { error: { code: "unreadable", message } });
  }
}
