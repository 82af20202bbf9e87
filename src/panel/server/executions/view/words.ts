/** What each state does, in a user's words. */
export const STATE_WORDS: Readonly<Record<string, string>> = {
  Collect: "Reads, checks, encodes and splits the raw files",
  IsShared: "Have several instances shared the reading?",
  Assemble: "Joins what the instances have read, and encodes and splits it",
  PublishData: "Makes the processed data current",
  Collected: "The processed data are ready",
  NeedsTraining: "Was the model of an earlier execution given?",
  Train: "Trains the model on the training rows",
  EvaluatedRounds: "Several instances share the training, in rounds",
  EvaluatedRound: "Each instance trains on its users",
  EvaluatedAverage: "Averages what the instances came to",
  Evaluate: "Ranks for each user what the model has not seen, by the model and its baselines",
  Compare: "Measures the lists of all instances, and compares the model with its baselines",
  Gate: "Is the model good enough to be served?",
  ModelRejected: "The model did not pass the gate; what was served stays served",
  ServedRounds: "Several instances share the final training, in rounds",
  ServedRound: "Each instance trains on its users",
  ServedAverage: "Averages what the instances came to",
  Refit: "Trains once more, on all rows, with the settings found",
  Transform: "Scores every pair of user and item",
  Merge: "Brings the parts together, per user and per item",
  Publish: "Moves the pointers: the new recommendations are served",
  Served: "The new recommendations are served",
};

/** What it means to go from a Choice state to another one: state → next → words. */
export const CHOICE_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  IsShared: { Assemble: "several instances", Measure: "one instance" },
  NeedsTraining: { ServedRounds: "promoted", Transform: "model given", Train: "no model given" },
  Gate: { ServedRounds: "selected", ModelRejected: "rejected" },
};
