import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";

import { openAccount, stepFunctions } from "../../../src/cloud/index.ts";
import { engineOf } from "../../../src/recipe/index.ts";
import { environmentOf } from "../../cloud/sagemaker-stand-in.ts";
import { addPerson, browser, panel } from "./panel.ts";

const URL = "/panel/api/configuration/names";

/** An AWS that lets its buckets and its log groups be listed, or not; a page of log groups has one. */
async function account(may: { readonly buckets: boolean; readonly logGroups: boolean }) {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (piece: Buffer) => (body += piece.toString()));
    request.on("end", () => {
      if (request.headers["x-amz-target"] === "Logs_20140328.DescribeLogGroups") {
        const { nextToken = "0" } = JSON.parse(body) as { nextToken?: string };
        const at = Number(nextToken);
        response.writeHead(may.logGroups ? 200 : 400, {
          "Content-Type": "application/x-amz-json-1.1",
        });
        response.end(
          JSON.stringify(
            may.logGroups
              ? {
                  logGroups: [{ logGroupName: GROUPS[at] }],
                  ...(at === 0 ? { nextToken: "1" } : {}),
                }
              : {
                  __type: "AccessDeniedException",
                  message: "not authorized to perform: logs:DescribeLogGroups",
                },
          ),
        );
        return;
      }
      asked.push(request.url!);
      response.writeHead(may.buckets ? 200 : 403, { "Content-Type": "application/xml" });
      response.end(
        may.buckets
          ? `<ListAllMyBucketsResult><Buckets><Bucket><Name>orders</Name></Bucket><Bucket><Name>shop</Name></Bucket></Buckets></ListAllMyBucketsResult>`
          : "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const environment = environmentOf(`http://127.0.0.1:${port}`);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const opened = openAccount();
  const { app, state } = await panel({
    cloud: { account: opened, engine: engineOf(stepFunctions(opened)) },
  });
  addPerson(state, "ada", "operator");
  return { asked, ada: await browser(app, "ada") };
}

const GROUPS = ["RecSys", "orders"];

describe("A28 what the customization offers", () => {
  beforeEach(() => {
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
  });

  test("Q102 is the account's buckets of this region and its log groups, where both may be listed", async () => {
    const { ada, asked } = await account({ buckets: true, logGroups: true });
    expect((await ada.ask("GET", URL)).json()).toEqual({
      buckets: ["orders", "shop"],
      logGroups: ["RecSys", "orders"],
    });
    expect(asked).toContainEqual(expect.stringContaining("bucket-region=eu-west-1"));
  });

  test.each([
    [
      { buckets: false, logGroups: true },
      { buckets: null, logGroups: GROUPS },
    ],
    [
      { buckets: true, logGroups: false },
      { buckets: ["orders", "shop"], logGroups: null },
    ],
  ])("leaves out what may not be listed: %o", async (may, answer) => {
    const { ada } = await account(may);
    expect((await ada.ask("GET", URL)).json()).toEqual(answer);
  });

  test("is nothing on one machine, and nothing that a viewer is told", async () => {
    const { app, state } = await panel();
    addPerson(state, "ada", "operator");
    addPerson(state, "vera", "viewer");
    const [ada, vera] = [await browser(app, "ada"), await browser(app, "vera")];
    expect((await ada.ask("GET", URL)).json()).toEqual({ buckets: null, logGroups: null });
    expect((await vera.ask("GET", URL)).statusCode).toBe(403);
  });
});
