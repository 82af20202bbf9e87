import { z } from "zod";

import type { JobKind } from "../jobs/index.ts";
import type { Bucket } from "../storage/index.ts";
import type { WorkflowEvent } from "../workflow/index.ts";
import type { WorkflowName } from "./execution-name.ts";
import { type ExecutionInput, executionPaths, readText } from "./execution-record.ts";

/** A service that runs the recipe's workflows by itself, such as Step Functions: whoever started one may go. */
export interface WorkflowService {
  /** Where it is, in words: "Step Functions in eu-west-1". */
  readonly place: string;
  /** Starts an execution, under a name of 1 to 80 characters, and gives its id; of one that has the name already, that one's. */
  start(workflow: WorkflowName, name: string, input: ExecutionInput): Promise<string>;
  /** All that has happened so far, as the local engine would tell it. Later calls give the same events, and more. */
  events(id: string): Promise<readonly WorkflowEvent[]>;
  stop(id: string, reason: string): Promise<void>;
  /** Lets one that has failed or was stopped go on from the state that it was in. */
  goOn(id: string): Promise<void>;
  /** What the jobs of this kind print whose names begin so. */
  prints(kind: JobKind, namePrefix: string): ReadPrints;
}

/** A line that a job in a service has printed. */
export interface PrintedLine {
  readonly job: string;
  readonly host: string;
  /** ISO 8601. */
  readonly time: string;
  readonly text: string;
}

/**
 * Tells what has been printed since the call before: each line once, those of a host in their order. A job that has printed nothing
 * yet, or is not there, has no lines.
 *
 * @throws Error that says in the user's words why it cannot be read; lines told before it stand
 */
export type ReadPrints = (tell: (line: PrintedLine) => void) => Promise<void>;

/** `elsewhere.json`: who runs an execution that no process of ours does. */
const Elsewhere = z.strictObject({
  /** Of the service, in words. */
  place: z.string(),
  /** By which the service knows it. */
  id: z.string(),
  /** Of a promoted one, whose part behind the gate is a run of its own there: where the journal goes on, and in which state. */
  behindTheGate: z.strictObject({ after: z.int(), state: z.string() }).optional(),
  /** Of a redriven one, events in the journal before: the end among them is the old one, though the service may tell it for a moment. */
  redrivenAfter: z.int().optional(),
});
export type Elsewhere = z.infer<typeof Elsewhere>;

/** Who runs this execution, `undefined` if it is this product's own engine. */
export async function readElsewhere(
  bucket: Bucket,
  workflow: WorkflowName,
  name: string,
): Promise<Elsewhere | undefined> {
  const text = await readText(bucket, executionPaths(workflow, name).elsewhere);
  return text === undefined ? undefined : Elsewhere.parse(JSON.parse(text));
}

/** Keeps who runs an execution. */
export async function keepElsewhere(
  bucket: Bucket,
  workflow: WorkflowName,
  name: string,
  elsewhere: Elsewhere,
): Promise<void> {
  const { elsewhere: path } = executionPaths(workflow, name);
  await bucket.write(path, JSON.stringify(elsewhere, null, 2));
}
