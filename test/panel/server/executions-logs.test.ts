import { once } from "node:events";
import { connect } from "node:net";

import { describe, expect, test } from "vitest";

import { stateOfJob } from "../../../src/panel/server/executions/logs/states-of-jobs.ts";
import { LogLine } from "../../../src/schema/index.ts";
import { createShop, until } from "../../recipe/shop.ts";
import { last, openPanel, type PanelShop, readyShop, serverSentEvents } from "./executions-shop.ts";

async function logs(panel: PanelShop, query: string): Promise<readonly LogLine[]> {
  const lines = await panel.get<unknown[]>(`/panel/api/logs${query}`);
  return lines.map((line) => LogLine.parse(line));
}

describe("logs", () => {
  test("hold what running and ended jobs have printed and why a state failed, newest last, filtered", async () => {
    const shop = await readyShop();
    await shop.execute("collector", "data");
    const panel = await openPanel(shop);
    panel.put("fail-evaluate");
    panel.hold("train");
    await panel.post("/panel/api/executions", { workflow: "core", name: "core-1" });
    await until(async () => (await logs(panel, "?state=Train&text=LOG")).length > 0);
    // The job is still under way: its log in the bucket is not there yet.
    expect(await panel.bucket.list("executions/core/core-1/logs/")).toEqual([]);
    expect(await logs(panel, "?state=Train&text=LOG")).toMatchObject([
      { level: "info", execution: "core-1", state: "Train", host: "algo-1", text: "log of train" },
    ]);
    panel.release("train");
    expect((await last(panel.stream("core", "core-1"))).summary.status).toBe("failed");
    expect(await logs(panel, "?state=Train&text=LOG")).toMatchObject([{ text: "log of train" }]);
    const errors = await logs(panel, "?execution=core-1&level=error");
    expect(errors.map(({ state, host }) => [state, host])).toEqual(
      expect.arrayContaining([
        ["Evaluate", "algo-1"],
        ["Evaluate", "workflow"],
      ]),
    );
    expect(errors.every(({ level }) => level === "error")).toBe(true);
    expect(errors.some(({ text }) => text.includes("evaluate was told to fail"))).toBe(true);
    const all = await logs(panel, "?execution=core-1");
    const times = all.map(({ time }) => time!);
    expect(times).toEqual(times.toSorted());
    expect(await logs(panel, "?execution=core-1&limit=2")).toEqual(all.slice(-2));
    expect((await logs(panel, "?workflow=collector")).map(({ execution }) => execution)).toContain(
      "data",
    );
    await expect(logs(panel, "?level=loud")).rejects.toThrow("400");
  });

  test("are followed while jobs print", async () => {
    const shop = await readyShop();
    const panel = await openPanel(shop);
    const stop = new AbortController();
    const lines: LogLine[] = [];
    const following = (async () => {
      const url = `${panel.url}/panel/api/logs/stream?workflow=collector&level=info`;
      for await (const { event, data } of serverSentEvents(url, stop.signal)) {
        expect(event).toBe("line");
        lines.push(LogLine.parse(JSON.parse(data)));
      }
    })().catch(() => undefined);
    await panel.post("/panel/api/executions", { workflow: "collector", name: "one" });
    await until(() => lines.some(({ text }) => text === "the execution succeeded"));
    expect(lines.map(({ text }) => text)).toEqual([
      "the execution started",
      "log of collect",
      "log of measure",
      "log of publish-data",
      "the execution succeeded",
    ]);
    stop.abort();
    await following;
  });

  test.each([
    ["collector", "recsys-one-collect-0-0", "Collect"],
    ["collector", "recsys-one-publish-data-1-2", "PublishData"],
    ["core", "recsys-one-train-0-0", "Train"],
    ["core", "recsys-one-publish-0-0", "Publish"],
    ["core", "recsys-one-round-evaluated-12-0-0", "EvaluatedRound"],
    ["core", "recsys-one-average-served-3-0-0", "ServedAverage"],
    ["core", "recsys-one-other-0-0", null],
  ] as const)("a job of the %s workflow named %s belongs to %s", (workflow, job, state) => {
    expect(stateOfJob(workflow, "one", job)).toBe(state);
  });
});

describe("a stream of server-sent events", () => {
  test("has the headers that keep proxies and caches from holding it back, and a heartbeat", async () => {
    const panel = await openPanel(createShop(), { heartbeatMilliseconds: 50 });
    const stop = new AbortController();
    const response = await fetch(`${panel.url}/panel/api/executions/core/later/events`, {
      signal: stop.signal,
    });
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(response.headers.get("cache-control")).toContain("no-cache");
    let text = "";
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
      text += piece;
      if (text.includes("still here")) break;
    }
    expect(text).toBe(": connected\n\n: still here\n\n");
    stop.abort();
  });

  test("ends with an id by which a page that comes back is told to stay away", async () => {
    const shop = await readyShop();
    await shop.execute("collector", "data");
    const panel = await openPanel(shop);
    const url = `${panel.url}/panel/api/executions/collector/data/events`;
    const { id } = await last(serverSentEvents(url));
    const again = await fetch(url, { headers: { "last-event-id": id } });
    expect(again.status).toBe(204);
  });

  test("of a page that does not read skips views instead of heaping them up", async () => {
    const shop = await readyShop();
    await shop.execute("collector", "data");
    const panel = await openPanel(shop);
    const { hostname, port } = new URL(panel.url);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    socket.pause();
    socket.write(`GET /panel/api/executions/core/core-1/events HTTP/1.1\r\nHost: x\r\n\r\n`);
    await panel.post("/panel/api/executions", { workflow: "core", name: "core-1" });
    expect((await last(panel.stream("core", "core-1"))).summary.status).toBe("succeeded");
    let text = "";
    socket.setEncoding("utf8").on("data", (piece: string) => (text += piece));
    socket.resume();
    await until(() => text.includes("id: ended"));
    socket.destroy();
    expect(text).toContain('"status":"succeeded"');
  });

  test("is ended by a server that closes, which does not wait for its pages", async () => {
    const panel = await openPanel(createShop());
    const reading = last(panel.stream("core", "never")).catch((error: unknown) => error);
    await new Promise((resume) => setTimeout(resume, 100));
    await panel.app.close();
    expect(await reading).toBeInstanceOf(Error); // nothing came
  });
});
