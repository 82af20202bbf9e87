import { describe, expect, test } from "vitest";

import type { Json } from "../../src/workflow/index.ts";
import { CASES } from "./path-cases.ts";
import { walkElsewhere, walkHere } from "./paths.ts";
import { stateMachineOf } from "./templates.ts";

/** The definition as the template deploys it. */
function deployed(stack: string): object {
  return JSON.parse(stateMachineOf(stack).DefinitionString) as object;
}

describe("Q58 Q62 the deployed workflow goes the way of the local one", () => {
  test.each(CASES)("when %s in the %s", async (_, workflow, outcomes, given, jobs, end) => {
    const here = await walkHere(workflow, given, outcomes);
    const stack = workflow === "collector" ? "RecSysCollectorStack" : "RecSysCoreStack";
    const elsewhere = await walkElsewhere(deployed(stack), given, outcomes);
    expect(elsewhere.jobs).toEqual(jobs);
    expect(here.jobs).toEqual(jobs);
    const endOf = ({ end: status, error, cause }: typeof here) =>
      [status, error, cause].filter((part) => part !== undefined).join(" ");
    expect(endOf(elsewhere)).toBe(end);
    expect(endOf(here)).toBe(end);
    // The same requests, but for the clock's and the retries' marks, which the other engine does not count.
    expect(elsewhere.requests.map(plain)).toEqual(here.requests.map(plain));
  });
});

function plain(request: Json): unknown {
  const text = JSON.stringify(request)
    .replace(/"RECSYS_STARTED_AT":"[^"]*"/, '"RECSYS_STARTED_AT":"…"')
    .replace(/(JobName":"[^"]*-0)-\d"/, '$1-…"');
  return JSON.parse(text);
}
