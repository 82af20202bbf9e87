import type { StackName } from "../../../schema/index.ts";

/** What each stack does, in one sentence. */
export const STACK_WORDS: Readonly<Record<StackName, string>> = {
  collector: "Reads and checks the raw files and prepares them for training.",
  core: "Trains a model, measures it on held-out data, and recommends to everybody if it is good enough.",
  responder: "Answers requests for recommendations over HTTP.",
};
