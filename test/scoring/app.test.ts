import { afterAll, beforeAll, expect, test } from "vitest";

import { createScoringApp, type ScoringOptions } from "../../src/scoring/app.ts";
import { type LoadedModel, loadModel } from "../../src/scoring/load-model.ts";
import { scoringSettings } from "../../src/scoring/settings.ts";
import { exportedShop, type ExportedShop } from "./exported-shop.ts";

const LINES = "application/jsonlines";
const OPTIONS: ScoringOptions = {
  bodyBytes: 1 << 16,
  isBatch: false,
  onError: (error) => {
    throw error;
  },
};

let shop: ExportedShop;
let model: LoadedModel;
beforeAll(async () => {
  shop = await exportedShop("implicit");
  model = await loadModel(shop.model);
});
afterAll(async () => {
  await model.close();
  await shop.remove();
});

async function invoke(
  payload: string,
  contentType: string | undefined,
  options: Partial<ScoringOptions> = {},
): Promise<{ readonly status: number; readonly body: string; readonly type: unknown }> {
  const app = createScoringApp({ model }, { ...OPTIONS, ...options });
  const { statusCode, body, headers } = await app.inject({
    method: "POST",
    url: "/invocations",
    payload,
    headers: contentType === undefined ? {} : { "content-type": contentType },
  });
  return { status: statusCode, body, type: headers["content-type"] };
}

test("/ping is 200 once there is a model, and until then nothing is answered", async () => {
  const loading = createScoringApp({ model: undefined }, OPTIONS);
  expect((await loading.inject("/ping")).statusCode).toBe(503);
  const early = await loading.inject({ method: "POST", url: "/invocations", payload: {} });
  expect(early.statusCode).toBe(503);
  const ready = createScoringApp({ model }, OPTIONS);
  expect((await ready.inject("/ping")).statusCode).toBe(200);
  expect((await ready.inject("/elsewhere")).json()).toMatchObject({
    error: { message: "there are GET /ping and POST /invocations, got GET /elsewhere" },
  });
});

test("one question, an array and lines are answered in the form they came in", async () => {
  const one = await invoke('{"user_id": 10, "k": 2}', "application/json");
  expect(one.status).toBe(200);
  expect(one.type).toMatch(/^application\/json/);
  const answer = JSON.parse(one.body) as { user_id: number; recommendations: unknown[] };
  expect(answer.user_id).toBe(10);
  expect(answer.recommendations).toHaveLength(2);
  const array = await invoke('[{"user_id": "10", "k": 2}]', "application/json");
  expect(JSON.parse(array.body)).toEqual([answer]);
  const lines = await invoke('{"user_id": 10, "k": 2}\n\n{"user_id": 20, "k": 2}\n', LINES);
  expect(lines.type).toMatch(LINES);
  expect(
    lines.body.split("\n").map((line) => (line === "" ? "" : (JSON.parse(line) as unknown))),
  ).toEqual([answer, expect.objectContaining({ user_id: 20 }), ""]);
});

test("all problems are told at once, each with its line and what to do", async () => {
  const body = ['{"user_id": 10}', "{user: 10}", '{"k": 5}', '{"user_id": 10, "k": 0, "top": 3}'];
  const { status, body: text } = await invoke(body.join("\n"), LINES);
  expect(status).toBe(400);
  const { error } = JSON.parse(text) as { error: { message: string } };
  const [second, third, fourth, ...rest] = error.message.split("\n");
  expect(second).toMatch(/^line 2: no JSON .*\{"user_id": 10, "k": 10\}/);
  expect(third).toBe('line 3: needs user_id, or history: [{"item_id": …}, …]');
  expect(fourth).toMatch(/^line 4: .*k.*>=1.*"top"/);
  expect(rest).toEqual([]);
  const array = await invoke(
    '[{"user_id": 10}, {"user_id": 10, "history": [{"item": 3}]}]',
    "application/json",
  );
  expect(array.status).toBe(400);
  expect(array.body).toContain("[1]: ");
  expect(array.body).toContain("history.0.item_id");
});

test("in a batch a question that cannot be answered is told in its place", async () => {
  const body = '{"user_id": 10, "k": 1}\n{"k": 1}\n{"user_id": 20, "k": 1}\n';
  const { status, body: text } = await invoke(body, LINES, { isBatch: true });
  expect(status).toBe(200);
  // No line end after the last: what puts the answers together adds it.
  const [first, second, third, ...rest] = text
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
  expect(first).toMatchObject({ user_id: 10 });
  expect(second).toMatchObject({
    error: { message: expect.stringMatching(/^line 2: /) as string },
  });
  expect(third).toMatchObject({ user_id: 20 });
  expect(rest).toEqual([]);
});

test("other content types, broken JSON and large bodies are refused with what to do", async () => {
  for (const type of ["text/csv", undefined]) {
    const { status, body } = await invoke("10", type);
    expect(status).toBe(415);
    expect(body).toContain("application/jsonlines");
  }
  expect((await invoke("", "application/json")).status).toBe(400);
  expect(await invoke("x".repeat(1 << 17), LINES)).toMatchObject({
    status: 413,
    body: expect.stringContaining("larger than 65536 bytes") as string,
  });
});

test("many questions are answered in their order", async () => {
  const questions = Array.from({ length: 300 }, (_, n) => `{"user_id": ${(n % 120) + 1}, "k": 1}`);
  const { body } = await invoke(questions.join("\n"), LINES);
  const users = body
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { user_id: number }).user_id);
  expect(users).toEqual(questions.map((_, n) => (n % 120) + 1));
});

test("what SageMaker tells a container is heard", () => {
  expect(scoringSettings({})).toEqual({ port: 8080, isBatch: false, bodyBytes: 6 << 20 });
  const told = {
    SAGEMAKER_BIND_TO_PORT: "8081",
    SAGEMAKER_BATCH: "true",
    SAGEMAKER_MAX_PAYLOAD_IN_MB: "0",
  };
  expect(scoringSettings(told)).toEqual({ port: 8081, isBatch: true, bodyBytes: 100 << 20 });
  expect(() => scoringSettings({ SAGEMAKER_BIND_TO_PORT: "http" })).toThrow(
    'SAGEMAKER_BIND_TO_PORT must be a whole number up to 65535, got "http"',
  );
});
