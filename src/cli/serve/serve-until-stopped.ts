import { once } from "node:events";

import { pino } from "pino";

import { serveResponder } from "../../responder/index.ts";
import type { ResponderConfig } from "../../schema/index.ts";
import type { Bucket } from "../../storage/index.ts";
import type { Session } from "../session.ts";
import { exampleCalls } from "./example-calls.ts";

/**
 * Serves the API until the user stops it; prints where it is once it answers.
 *
 * @param session - of the command that serves
 * @param bucket - what is served
 * @param config - where and how
 * @param results - of what the command did before, for `--json`
 */
export async function serveUntilStopped(
  session: Session,
  bucket: Bucket,
  config: ResponderConfig,
  results: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  session.signal.throwIfAborted();
  const log = pino({ level: "warn" }, pino.destination(2));
  const responder = await serveResponder({ bucket, config, log });
  try {
    const { url } = responder;
    const docs = `${url}/docs`;
    const examples = (await exampleCalls(bucket)).map((path) => url + path);
    session.print({ ...results, url, docs, examples }, welcome(url, docs, examples));
    if (!session.signal.aborted) await once(session.signal, "abort");
  } finally {
    await responder.close();
  }
}

function welcome(url: string, docs: string, examples: readonly string[]): string {
  return [
    `Serving on ${url}`,
    "",
    ...exampleLines(examples),
    "",
    `All about the API: ${docs}`,
    "Ctrl-C stops.",
  ].join("\n");
}

/** Calls to try, or why there are none yet. */
export function exampleLines(examples: readonly string[]): readonly string[] {
  return examples.length > 0
    ? ["Try it:", ...examples.map((example) => `  curl '${example}'`)]
    : ["There is nothing to recommend yet: it is served as soon as a core execution has ended."];
}
