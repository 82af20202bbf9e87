import { join } from "node:path";

import type { ExecutionSummary } from "../../../src/schema/index.ts";
import { execute, type PanelCalls } from "./panel-calls.ts";
import { writeStory } from "./story.ts";

/** Names of what the shop has executed, for the pages that show one of them. */
export const EXECUTIONS = {
  collectors: ["autumn-data", "winter-data"],
  first: "autumn-model",
  second: "winter-model",
  rejected: "bold-idea",
} as const;

/**
 * Lives a shop's first months through its panel: raw files, a model, newer files, a better model, an idea that the gate
 * rejected, and people with a part each. Done already, it does nothing.
 */
export async function liveThePast(calls: PanelCalls, folder: string): Promise<void> {
  const done = await calls.get<readonly ExecutionSummary[]>("/executions");
  if (done.some(({ name }) => name === EXECUTIONS.rejected)) return;
  const { before, now } = await writeStory(join(folder, "raw"));
  await calls.send("PUT", "/configuration", { draft: SETTINGS });
  await calls.send("POST", "/data/import", { folder: before });
  for (const stack of ["collector", "core", "responder"]) {
    await calls.send("POST", `/stacks/${stack}/deploy`, {});
    if (stack === "collector") await execute(calls, "collector", EXECUTIONS.collectors[0]);
    if (stack === "core") await execute(calls, "core", EXECUTIONS.first);
  }
  await calls.send("POST", "/data/import", { folder: now });
  await calls.send("POST", "/data/check", {});
  await execute(calls, "collector", EXECUTIONS.collectors[1]);
  await execute(calls, "core", EXECUTIONS.second);
  const bold = { ...SETTINGS, "evaluation.gate.threshold": 0.13, "training.embeddingSize": 32 };
  await calls.send("PUT", "/configuration", { draft: bold });
  await calls.send("POST", "/stacks/core/deploy", {});
  await execute(calls, "core", EXECUTIONS.rejected);
  await calls.send("PUT", "/configuration", { draft: SETTINGS });
  await calls.send("POST", "/stacks/core/deploy", {});
  for (const name of ["storefront", "newsletter"]) await calls.send("POST", "/keys", { name });
}

const SETTINGS = { "training.budgetMinutes": 0.5 };
