import type { FastifyBaseLogger } from "fastify";

import { ObjectChangedError, ObjectNotFoundError, type ServingFolder } from "../storage/index.ts";
import { noLongerThere } from "./nothing-served.ts";
import type { Served } from "./served.ts";

/**
 * Answers again where the files that were read are gone meanwhile: in S3 a file that is open can be removed, and who has
 * not looked for long may still serve an execution that has made room for newer ones.
 *
 * @param answered - the answer on its way
 * @param from - what it was made from
 * @param again - makes it anew
 * @throws ApiProblem if what the pointer names is not there either
 */
export async function onceMoreIfGone(
  answered: Promise<void>,
  from: ServingFolder | undefined,
  again: () => unknown,
  { served, log }: { readonly served: Served; readonly log: FastifyBaseLogger },
): Promise<void> {
  try {
    await answered;
  } catch (error) {
    if (!isGone(error)) throw error;
    log.warn({ err: error }, "what is served is gone from the bucket; looking for newer");
    if (served.current === from) {
      await served.refresh().catch((failure: unknown) => {
        log.error({ err: failure }, "the new execution cannot be served");
      });
    }
    if (served.current === from) throw noLongerThere();
    await again();
  }
}

function isGone(error: unknown): boolean {
  return error instanceof ObjectNotFoundError || error instanceof ObjectChangedError;
}
