import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import {
  DEFINITIONS,
  executeWorkflow,
  readExecution,
  type WorkflowName,
} from "../../src/recipe/index.ts";
import { RecSysConfig, type StageFolder } from "../../src/schema/index.ts";
import { writeSampleShop } from "../../src/sample/index.ts";
import { folderBucket, readManifest, readPointer } from "../../src/storage/index.ts";
import { compileWorkflow, type Outcome } from "../../src/workflow/index.ts";

const SERVING = "batch_transform_inference_output";
const SETTINGS = {
  training: { maxEpochs: 2, embeddingSize: 16 },
  evaluation: { bootstrapSamples: 100 },
  instances: {
    collector: { instanceCount: 2 },
    evaluation: { instanceCount: 2 },
    transform: { instanceCount: 2 },
  },
};
/** A gate that no model passes. */
const REJECTING = { ...SETTINGS, evaluation: { ...SETTINGS.evaluation, gate: { threshold: 1 } } };

/** Both fits in two rounds, shared by two instances. */
const ON_TWO = {
  ...SETTINGS,
  training: { ...SETTINGS.training, rounds: 2 },
  instances: { ...SETTINGS.instances, training: { instanceCount: 2 } },
};
/** States that only run where several instances share a fit. */
const IN_ROUNDS = ["EvaluatedRound", "EvaluatedAverage", "ServedRound", "ServedAverage"];

const root = mkdtempSync(join(tmpdir(), "recsys-kill-"));
const base = join(root, "base");
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const open = (folder: string) => folderBucket(folder, RecSysConfig.parse({}).bucketPrefix);

function execute(
  folder: string,
  workflow: WorkflowName,
  name: string,
  settings: object,
): Promise<Outcome> {
  return executeWorkflow({
    bucket: open(folder),
    workflow,
    name,
    config: RecSysConfig.parse(settings),
  });
}

/** Executes in another process, which dies by kill -9 in the state. */
async function killIn(
  state: string,
  { type, isSoonDone }: { readonly type: string; readonly isSoonDone: boolean },
  folder: string,
  workflow: WorkflowName,
  settings: object,
): Promise<void> {
  const script = fileURLToPath(new URL("./execute-process.ts", import.meta.url));
  const child = spawn(
    process.execPath,
    [script, folder, workflow, "killed", JSON.stringify(RecSysConfig.parse(settings))],
    {
      stdio: "inherit",
      env: { ...process.env, DIE_IN: state, ...timeOfDeath(type, isSoonDone) },
    },
  );
  expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
}

/** Every state of a compiled workflow, those within a Map too. */
function statesOf(compiled: Asl): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(compiled.States).flatMap(([name, { Type, ItemProcessor }]) => [
      [name, Type],
      ...(ItemProcessor === undefined ? [] : statesOf(ItemProcessor)),
    ]),
  );
}

interface Asl {
  readonly States: Readonly<
    Record<string, { readonly Type: string; readonly ItemProcessor?: Asl }>
  >;
}

/** A state that does no work dies at once, one that is soon done while it starts, all else when it reports progress. */
function timeOfDeath(type: string, isSoonDone: boolean): { DIE_AFTER_MS?: string } {
  if (type !== "Task") return { DIE_AFTER_MS: "0" };
  return isSoonDone ? { DIE_AFTER_MS: "250" } : {};
}

/** The bytes that an execution made, as hashes; a page for people also shows the time it was made. */
async function artefacts(folder: string, stages: readonly StageFolder[]): Promise<object> {
  const made: Record<string, unknown> = {};
  for (const stage of stages) {
    const { files } = await readManifest(open(folder), stage, "killed");
    for (const [name, { sha256 }] of Object.entries(files)) {
      if (!name.endsWith(".html")) made[`${stage}/${name}`] = sha256;
    }
  }
  return made;
}

beforeAll(async () => {
  const raw = join(base, RecSysConfig.parse({}).bucketPrefix, "raw_data");
  await writeSampleShop(raw, { users: 200, items: 80, interactions: 4000 });
  expect(await execute(base, "collector", "data", SETTINGS)).toMatchObject({ status: "succeeded" });
  expect(await execute(base, "core", "served", SETTINGS)).toMatchObject({ status: "succeeded" });
});

const cases: {
  title: string;
  workflow: WorkflowName;
  settings: object;
  stages: readonly StageFolder[];
  not: readonly string[];
  /** Only these states, where the others are killed in another case. */
  only?: RegExp;
  /** States whose jobs are soon done, without a word of progress. */
  soonDone?: RegExp;
}[] = [
  {
    title: "the collector",
    workflow: "collector",
    settings: SETTINGS,
    stages: ["processed_data", "kpi"],
    not: [],
  },
  {
    title: "the core",
    workflow: "core",
    settings: SETTINGS,
    stages: ["model", "evaluation", SERVING],
    not: ["ModelRejected", ...IN_ROUNDS],
  },
  {
    title: "the core on two instances",
    workflow: "core",
    settings: ON_TWO,
    stages: ["model", "evaluation", SERVING],
    not: [],
    only: /Rounds?$|Average$|^Refit$/,
    soonDone: /Average$|^Refit$/,
  },
  {
    title: "the core whose model is rejected",
    workflow: "core",
    settings: REJECTING,
    stages: ["evaluation"],
    not: [...IN_ROUNDS, "ServedRounds", "Refit", "Transform", "Merge", "Publish", "Served"],
  },
];

describe.each(cases)("$title, killed with -9", (one) => {
  const { workflow, settings, stages, not, only = /./, soonDone = /^Publish/, title } = one;
  const types = statesOf(compileWorkflow(DEFINITIONS[workflow]) as unknown as Asl);
  const states = [...types.keys()].filter((state) => !not.includes(state) && only.test(state));
  const undisturbed = join(root, `${title} undisturbed`);
  let expected: object;
  let outcome: Outcome;
  beforeAll(async () => {
    cpSync(base, undisturbed, { recursive: true });
    outcome = await execute(undisturbed, workflow, "killed", settings);
    expected = await artefacts(undisturbed, stages);
  });

  test.each(states)("in %s: the same command resumes it, to the same bytes", async (state) => {
    const folder = join(root, `${title} ${state}`);
    cpSync(base, folder, { recursive: true });
    const way = { type: types.get(state)!, isSoonDone: soonDone.test(state) };
    await killIn(state, way, folder, workflow, settings);
    const bucket = open(folder);
    expect(await readExecution(bucket, workflow, "killed")).toMatchObject({
      status: "interrupted",
    });
    if (state !== "Publish") {
      // Publish itself may have been killed on either side of the swap.
      const served = state === "Served" ? "killed" : "served";
      expect(await readPointer(bucket, SERVING)).toMatchObject({ execution: served });
    }

    const resumed = await execute(folder, workflow, "killed", settings);
    expect({ ...resumed, output: null }).toEqual({ ...outcome, output: null });
    expect(await artefacts(folder, stages)).toEqual(expected);
    const last = workflow === "core" && resumed.status === "succeeded" ? "killed" : "served";
    expect(await readPointer(bucket, SERVING)).toMatchObject({ execution: last });
    rmSync(folder, { recursive: true, force: true });
  });
});
