/** Names an exported model's parts; at its root. */
export const SCORING_FILE = "scoring.json";
