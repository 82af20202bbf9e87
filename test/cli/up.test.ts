import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { readDeployment } from "../../src/recipe/index.ts";
import { folderBucket } from "../../src/storage/index.ts";
import { type Ended, recsys, start } from "./recsys.ts";

interface Served {
  readonly url: string;
  readonly docs: string;
  readonly examples: readonly string[];
  readonly setup: { readonly link: string };
}

let folder: string;
/** The sample's item features, int, double, string and set in that order (A8). */
const ITEM_ATTRIBUTES = ["year", "price", "title", "department", "brand", "tags", "colours"];
/** A shop this small need not beat popularity; what is tested is the way, not the model. */
const QUICK = [
  ["training.maxEpochs=1", "evaluation.bootstrapSamples=100"],
  ["evaluation.gate.threshold=0", "evaluation.gate.compareWithServed=false"],
]
  .flat()
  .flatMap((setting) => ["--set", setting]);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "recsys-up-"));
  const size = ["--users", "120", "--items", "60", "--interactions", "2400"];
  const { code } = await recsys(["sample", "recsys-data", ...size], { cwd: folder });
  expect(code).toBe(0);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Starts `up`, hands what it printed to `work`, then stops it as Ctrl-C does. */
async function whileUp(work: (served: Served) => Promise<void>): Promise<Ended> {
  const running = start(["up", "--port", "0", "--json", ...QUICK], { cwd: folder });
  await running.says('"examples"');
  await running.says("\n}\n");
  await work(JSON.parse(running.stdout()) as Served);
  running.process.kill("SIGINT");
  running.process.kill("SIGINT"); // npm and the starting script pass on what the terminal sent already
  return running.ended;
}

test("Q1 Q78 Q79 Q81 Q99 Q100 up makes everything that is missing and answers the documentation's three calls", async () => {
  const { code, stdout, stderr } = await whileUp(async ({ url, docs, examples, setup }) => {
    const answers: Record<string, Record<string, unknown>[]>[] = [];
    for (const url of examples) {
      const response = await fetch(url);
      expect(response.status).toBe(200);
      expect(response.headers.get("x-recsys-cold")).toBeNull();
      answers.push((await response.json()) as Record<string, Record<string, unknown>[]>);
    }
    // The documentation's shape: lists by id, each of the length asked for, the id first, then the figure.
    const [items, users, popular] = answers;
    for (const [answer, ids, length, id, figure] of [
      [items, ["10", "20"], 10, "item_id", "interaction_probability"],
      [users, ["10", "11"], 10, "user_id", "interaction_probability"],
      [popular, ["10", "20"], 3, "item_id", "count"],
    ] as const) {
      expect(Object.keys(answer ?? {})).toEqual(ids);
      for (const list of Object.values(answer ?? {})) {
        expect(list).toHaveLength(length);
        const figures = list.map((entry) => entry[figure] as number);
        expect(figures).toEqual(figures.toSorted((a, b) => b - a));
        for (const entry of list) {
          expect(Object.keys(entry).slice(0, 2)).toEqual([id, figure]);
          expect(entry[id]).toBeTypeOf("number");
          const given = Object.keys(entry).slice(2);
          if (answer === users) expect(given).toEqual([]);
          else expect(given).toEqual(ITEM_ATTRIBUTES);
        }
      }
    }
    expect((await fetch(docs)).status).toBe(200);
    // The panel is there too, and knows all three stacks (Q10).
    expect((await fetch(`${url}/panel/api/session`)).status).toBe(401);
    expect(setup.link).toContain(`${url}/setup?token=`);
  });
  const bucket = folderBucket(join(folder, "recsys-bucket"), "RecSys_Recipe_StepFunctions_CDK");
  for (const stack of ["collector", "core", "responder"] as const) {
    expect(await readDeployment(bucket, stack)).toMatchObject({
      number: 1,
      deployedBy: "recsys up",
    });
  }
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ core: { status: "succeeded" } });
  expect(stderr).toContain("Train: done");
});

test("a second up serves at once what was made of the same files; changed files are collected anew", async () => {
  const unchanged = await whileUp(() => Promise.resolve());
  expect(JSON.parse(unchanged.stdout)).not.toHaveProperty("core");
  const file = join(folder, "recsys-data", "user_item_interactions.csv");
  const rows = readFileSync(file, "utf8").trimEnd().split("\n");
  writeFileSync(file, `${rows.slice(0, -1).join("\n")}\n`);
  const changed = await whileUp(() => Promise.resolve());
  expect(JSON.parse(changed.stdout)).toMatchObject({
    collector: { report: { counts: { rows: rows.length - 1 } } },
    core: { status: "succeeded" },
  });
});

test("status shows what is served, and rollback swaps it for what was served before", async () => {
  const before = JSON.parse((await recsys(["status", "--json"], { cwd: folder })).stdout) as {
    served: string;
    stages: { previous: string | null }[];
  };
  const { code, stdout } = await recsys(["rollback", "--json"], { cwd: folder });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    served: before.stages.at(-1)?.previous,
    before: before.served,
  });
});

test("A24 the name of an execution that has ended is refused with exit code 6, and raw files stay", async () => {
  const { stdout } = await recsys(["status", "--json"], { cwd: folder });
  const { executions } = JSON.parse(stdout) as { executions: { name: string; workflow: string }[] };
  const { name, workflow } = executions[0]!;
  const { code, stderr } = await recsys(["execute", workflow, "--name", name], { cwd: folder });
  expect(code).toBe(6);
  expect(stderr).toContain("choose another name");
});

test("Q62 A10 a rejected model exits with 4, says why, and what was served stays served", async () => {
  const args = ["execute", "core", "--name", "too-good", "--json", ...QUICK];
  const rejected = await recsys([...args, "--set", "evaluation.gate.threshold=1"], { cwd: folder });
  expect(rejected.code).toBe(4);
  expect(JSON.parse(rejected.stdout)).toMatchObject({ status: "rejected" });
  const { stdout } = await recsys(["status", "--json"], { cwd: folder });
  expect((JSON.parse(stdout) as { served: string }).served).not.toBe("too-good");
});

test("Q48 execute core --model serves what an earlier model makes of today's data and says how much of these it knows", async () => {
  const { stdout } = await recsys(["status", "--json"], { cwd: folder });
  const { stages } = JSON.parse(stdout) as { stages: { stage: string; execution: string }[] };
  const { execution } = stages.find(({ stage }) => stage === "model")!;
  const args = ["execute", "core", "--json", "--name"];
  const used = await recsys([...args, "again", "--model", execution], { cwd: folder });
  expect(used.code).toBe(0);
  const { model } = JSON.parse(used.stdout) as { model: Record<string, unknown> };
  expect(model).toMatchObject({ execution, items: 60, knownItems: 60 });
  expect(model["knownTokens"]).toBe(model["tokens"]);

  const gone = await recsys([...args, "never", "--model", "gone"], { cwd: folder });
  expect(gone.code).toBe(3);
  expect(gone.stdout).toContain(`executions with a whole model: `);
});

test("Ctrl-C during an execution ends it with 130 and leaves no process at work", async () => {
  const running = start(["execute", "core", "--name", "stopped"], { cwd: folder });
  await running.says("Train: started");
  running.process.kill("SIGINT");
  expect((await running.ended).code).toBe(130);
  const { stdout } = await recsys(["status", "--json"], { cwd: folder });
  const { executions } = JSON.parse(stdout) as { executions: { name: string; status: string }[] };
  expect(executions.find(({ name }) => name === "stopped")?.status).toBe("aborted");
});

test("bad data exits with 3, a name that Step Functions would refuse with 2", async () => {
  const empty = await recsys(["up", "--port", "0", "--data", "."], { cwd: folder });
  expect(empty.code).toBe(3);
  expect(empty.stderr).toContain("user_item_interactions.csv");
  const named = await recsys(["execute", "core", "--name", "a.b"], { cwd: folder });
  expect(named.code).toBe(2);
});

test("a port in use is told before anything is run", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  const { code, stderr } = await recsys(["up", "--port", port.toString()], { cwd: folder });
  server.close();
  expect(code).toBe(1);
  expect(stderr).toContain(`port ${port} is in use`);
});
