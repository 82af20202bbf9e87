import { z } from "zod";

import { DataError } from "../schema/index.ts";
import { artefactFolder, type Bucket } from "../storage/index.ts";
import type { Json, JsonObject, Outcome, Redirection } from "../workflow/index.ts";
import { coreWorkflow, MODEL_REJECTED } from "./core.ts";
import { type Execution, readText } from "./execution-record.ts";

/** `evaluation/<execution>/promotion.json`: a rejected model is served all the same, and this is why. */
export const Promotion = z.strictObject({
  by: z.string(),
  at: z.iso.datetime(),
  reason: z.string(),
});
export type Promotion = z.infer<typeof Promotion>;

/** Did the execution end because its model did not pass the gate? */
export function isRejection(outcome: Outcome | undefined): boolean {
  return outcome?.status === "failed" && outcome.error === MODEL_REJECTED;
}

/** Who promoted an execution's model and why, `undefined` if nobody did. */
export async function readPromotion(
  bucket: Bucket,
  execution: string,
): Promise<Promotion | undefined> {
  const text = await readText(bucket, promotionPath(execution));
  return text === undefined ? undefined : Promotion.parse(JSON.parse(text));
}

/** Keeps who promoted a rejected model, and why. */
export async function keepPromotion(
  bucket: Bucket,
  execution: string,
  promotion: Promotion,
): Promise<void> {
  await bucket.write(promotionPath(execution), JSON.stringify(promotion, null, 2));
}

/**
 * Where a rejected execution goes on as if its model had been selected.
 *
 * @throws DataError if its model was not rejected, or what it goes on with is no longer kept
 */
export async function behindTheGate(bucket: Bucket, execution: Execution): Promise<Redirection> {
  const { name, outcome, events, input } = execution;
  const rejected = events.findLast(
    (event) => event.type === "StateEntered" && event.state === MODEL_REJECTED,
  );
  if (!isRejection(outcome) || rejected?.type !== "StateEntered") {
    throw new DataError(
      { file: `executions/core/${name}` },
      `the model of "${name}" was not rejected: the execution ${standing(execution)}; there is nothing to promote`,
    );
  }
  const needed = [artefactFolder("model", name), artefactFolder("evaluation", name)];
  const { processed_data } = input.inputs;
  if (processed_data !== undefined) needed.push(artefactFolder("processed_data", processed_data));
  for (const folder of needed) {
    if ((await bucket.list(`${folder}/`)).length > 0) continue;
    throw new DataError(
      { file: folder },
      `is gone, for only the latest keepExecutions are kept; execute core again, and promote that if need be`,
    );
  }
  return { state: selectedNext(), input: selected(rejected.input) };
}

/** The state that a model comes to which the gate selects. */
function selectedNext(): string {
  const gate = Object.values(coreWorkflow.states).find(
    (state) => state.type === "Choice" && state.default === MODEL_REJECTED,
  );
  if (gate?.type !== "Choice") throw new Error("the core workflow has no gate");
  return gate.choices[0]!.next;
}

/** The data that the gate rejected, with the verdict overridden. */
function selected(data: Json): Json {
  const { evaluation, ...rest } = data as JsonObject;
  const { verdict } = evaluation as { readonly verdict: JsonObject };
  return { ...rest, evaluation: { verdict: { ...verdict, selected: true } } };
}

function standing({ status, outcome }: Execution): string {
  return outcome?.status === "failed" ? `failed in ${outcome.state}` : `is ${status}`;
}

function promotionPath(execution: string): string {
  return `${artefactFolder("evaluation", execution)}/promotion.json`;
}
