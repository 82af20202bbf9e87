import { RequestError } from "../api/client.ts";

/** What the server found wrong at a field of a form; `undefined` where nothing is. */
export function problemAt(error: unknown, path: string): string | undefined {
  if (!(error instanceof RequestError)) return undefined;
  return error.fields.find((field) => field.path === path)?.problem;
}

/** What went wrong that belongs to no field of the form. */
export function problemOfNoField(error: unknown): string | undefined {
  if (error === null || error === undefined) return undefined;
  if (error instanceof RequestError && error.fields.length > 0) return undefined;
  return error instanceof Error ? error.message : "something went wrong";
}
