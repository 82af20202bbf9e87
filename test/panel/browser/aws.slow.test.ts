import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { writeSampleShop } from "../../../src/sample/index.ts";
import { openBucket } from "../../../src/storage/index.ts";
import { missingPython } from "../../python.ts";
import { realJobs } from "../../cloud/real-jobs.ts";
import { releasedFunction } from "../../cloud/released-function.ts";
import { type Account, environmentOf, startAccount } from "../../cloud/sagemaker-stand-in.ts";
import { violationsInBothModes } from "./axe.ts";
import { CHROMIUM, NO_CHROMIUM, openBrowser } from "./chromium.ts";
import { execute, PLACES, STAGE_MS, state, upload, visit } from "./newcomer.ts";
import { type RunningPanel, startPanel } from "./running-panel.ts";
import { firstVisit } from "./visitor.ts";

const missing = missingPython("ministack") ?? (CHROMIUM === undefined ? NO_CHROMIUM : undefined);
if (missing !== undefined) console.warn(`the panel in AWS is skipped: ${missing}`);

const LOCATION =
  "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>";
const SETTINGS = [
  ...["--set", "aws.imageUri=111122223333.dkr.ecr.eu-west-1.amazonaws.com/recsys/jobs:1.0"],
  ...["--set", "aws.release=s3://releases/recsys/0.1.0"],
  ...["--set", "training.budgetMinutes=0.1"],
];
/** Pictures for people, where they are wanted. */
const PICTURES = process.env["RECSYS_PICTURES"];

describe.skipIf(missing !== undefined)("the panel in AWS: MiniStack, with real jobs", () => {
  const folder = mkdtempSync(join(tmpdir(), "recsys-panel-aws-"));
  const ending = new AbortController();
  let account: Account;
  let browser: Browser;
  let panel: RunningPanel;
  let page: Page;
  let complaints: readonly string[];
  const start = () =>
    startPanel([
      ...["serve", "--panel", "--target", "aws", "--bucket", "s3://shop"],
      ...["--panel-state", join(folder, "state"), ...SETTINGS],
    ]);

  beforeAll(async () => {
    account = await startAccount(realJobs(folder, ending.signal));
    Object.assign(process.env, environmentOf(account.url));
    for (const name of ["shop", "releases"])
      await account.aws.rest("s3", "PUT", `/${name}`, LOCATION);
    const zip = "/releases/recsys/0.1.0/recsys-responder.zip";
    await account.aws.rest("s3", "PUT", zip, releasedFunction());
    await writeSampleShop(join(folder, "shop"), { users: 300, items: 120, interactions: 9_000 });
    browser = await openBrowser();
    panel = await start();
    ({ page, complaints } = await firstVisit(browser, panel.setupLink!));
    page.setDefaultTimeout(30_000);
  }, 300_000);
  afterAll(async () => {
    await browser.close();
    await panel.stop();
    ending.abort();
    await account.stop();
    rmSync(folder, { recursive: true });
  });

  /** Keeps how the page looks, at the width of a desk and of a tablet, or a part of it. */
  async function picture(name: string, part?: Locator): Promise<void> {
    if (PICTURES === undefined) return;
    mkdirSync(PICTURES, { recursive: true });
    const path = join(PICTURES, `${name}-1440.png`);
    if (part !== undefined) {
      await part.screenshot({ path });
      return;
    }
    await page.screenshot({ path, fullPage: true });
    // In a page of its own: one that has been narrow keeps its navigation away.
    const narrow = await page.context().newPage();
    await narrow.setViewportSize({ width: 800, height: 1000 });
    await narrow.goto(page.url());
    await narrow.getByRole("heading", { level: 1 }).waitFor();
    await narrow
      .getByText(/^Loading/)
      .first()
      .waitFor({ state: "hidden" });
    await narrow.waitForTimeout(1_500);
    await narrow.screenshot({ path: join(PICTURES, `${name}-800.png`), fullPage: true });
    await narrow.close();
  }

  const section = (stack: string) =>
    page.getByRole("region", { name: `${stack} Stack`, exact: true });

  /** Makes a key for the API on its page, where it is shown once. */
  async function makeKey(name: string): Promise<string> {
    await visit(page, "API");
    await page.getByText("Keys are required now").waitFor();
    await page.getByRole("button", { name: "Make a key" }).click();
    const dialog = page.getByRole("dialog", { name: "Make a key" });
    await dialog.getByRole("textbox", { name: "Name" }).fill(name);
    await dialog.getByRole("button", { name: "Make the key" }).click();
    const key = await dialog.getByText(/^rsk_/).innerText();
    await dialog.getByRole("button", { name: "Done" }).click();
    return key.trim();
  }

  /** Looks at what would change, and has it made. */
  async function deploy(stack: keyof typeof PLACES, title: string): Promise<void> {
    await page.getByRole("button", { name: "Deploy Configurations" }).nth(PLACES[stack]).click();
    const dialog = page.getByRole("dialog", { name: `Deploy the ${title} Stack` });
    await dialog.getByRole("table", { name: "What would change" }).waitFor();
    await picture(`deploy-${stack}`);
    await dialog.getByRole("button", { name: "Deploy", exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
    await section(title).getByText("Deployed", { exact: true }).waitFor();
  }

  test("Q102 A28 bucket and log group are chosen from the account's, or are told where they were given", async () => {
    await account.aws.json("logs", "Logs_20140328.CreateLogGroup", { logGroupName: "Shop" });
    await visit(page, "Customization");
    const group = page.getByRole("combobox", { name: "Logging Group Name" });
    await group.click();
    await page.getByRole("option", { name: "Shop" }).click();
    await page.getByText("1 unsaved change", { exact: true }).first().waitFor();
    await page.getByRole("button", { name: /^Bucket Name/ }).click();
    await page.getByRole("option", { name: "s3://releases" }).click();
    await page.getByText("update the stack RecSysPanelAdmin with BucketName = releases").waitFor();
    expect(await violationsInBothModes(page)).toEqual([]);
    await picture("customization-choice");
    await page.getByRole("button", { name: "Stay with s3://shop" }).click();
    await page.getByRole("button", { name: "Undo changes" }).first().click();
    await page.getByText("No unsaved changes").first().waitFor();
    await page.getByRole("tab", { name: "Core Stack" }).click();
    await picture("customization");
    await account.aws.json("logs", "Logs_20140328.DeleteLogGroup", { logGroupName: "Shop" });
    await page.goto(panel.url);
  });

  test("Q102 Q104 the data are uploaded into S3, and what each stack would make is shown before it is made", async () => {
    await page.getByText("In AWS, eu-west-1").waitFor();
    await picture("home-empty");
    await visit(page, "Data");
    await upload(page, join(folder, "shop"));
    await picture("data");
    await visit(page, "Serving Recipe");
    await page.getByRole("button", { name: "Deploy Configurations" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Deploy the Collector Stack" });
    await dialog.getByRole("rowheader", { name: "StateMachine" }).waitFor();
    expect(await violationsInBothModes(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    expect(await stacksIn(account)).toEqual([]);
  });

  test(
    "Q108 A30 deployed stacks tell their events; the page and the server may go away meanwhile",
    { timeout: 300_000 },
    async () => {
      await deploy("collector", "Collector");
      await deploy("core", "Core");
      expect(await stacksIn(account)).toEqual(["RecSysCollectorStack", "RecSysCoreStack"]);
      await section("Core")
        .getByText(/^Events/)
        .click();
      await section("Core").getByText("CREATE_COMPLETE").first().waitFor();
      await picture("events");
      expect(await violationsInBothModes(page)).toEqual([]);
      await panel.stop();
      panel = await startPanelAgain();
      await page.reload();
      await section("Core").getByText("RecSysCoreStack:").waitFor();
      await section("Core").getByText("Look for drift").click();
      await section("Core").getByText("as the stack made it").waitFor();
    },
  );

  /** On the same port, as the pages expect it. */
  function startPanelAgain(): Promise<RunningPanel> {
    const { port } = new URL(panel.url);
    return startPanel([
      ...["serve", "--panel", "--target", "aws", "--bucket", "s3://shop", "--port", port],
      ...["--panel-state", join(folder, "state"), ...SETTINGS],
    ]);
  }

  test(
    "Q54 Q55 Q57 Q109 the workflows are executed in Step Functions, and their graphs turn green",
    { timeout: 600_000 },
    async () => {
      await execute(page, "collector", "aws-data");
      await state(page, "Collected", "Succeeded").waitFor({ timeout: STAGE_MS });
      await execute(page, "core", "aws-model");
      await state(page, "Served", "Succeeded").waitFor({ timeout: STAGE_MS });
      await picture("executed");
      const { executions } = await account.aws.json("states", "AWSStepFunctions.ListExecutions", {
        stateMachineArn: await machineArn(account, "RecSysRecipeCoreWorkflow"),
      });
      expect(executions).toMatchObject([{ name: "aws-model", status: "SUCCEEDED" }]);
    },
  );

  test(
    "Q66 Q69 Q102 A25 the deployed API answers what the lists in the bucket say, to whom has a key that was made in the panel, and the log page shows the call",
    { timeout: 300_000 },
    async () => {
      await deploy("responder", "Responder");
      await picture("outputs", section("Responder"));
      await page.reload(); // pictures may have put the navigation away
      // Lambda takes its code from the owner's bucket, wherever the release is.
      expect(await account.aws.rest("s3", "GET", "/shop?list-type=2")).toMatch(
        /dist\/recsys-responder-[0-9a-f]{16}\.zip/,
      );
      const address = await section("Responder").getByText("The API answers at").innerText();
      const id =
        /https?:\/\/([a-z0-9]+)\./.exec(address)?.[1] ??
        /execute-api\/([a-z0-9]+)\//.exec(address)?.[1];
      const query = "type=items2users&id_list=[10]&k=5&novel_only=0&return_attributes=0";
      const url = `${account.aws.url}/_aws/execute-api/${id}/prod/recommend/item-to-user?${query}`;
      expect((await fetch(url)).status).toBe(401);
      const headers = { "X-API-Key": await makeKey("checkout") };
      await expect.poll(async () => (await fetch(url, { headers })).status).toBe(200);
      const response = await fetch(url, { headers });
      const answer = (await response.json()) as Record<string, { item_id: number }[]>;
      const bucket = await openBucket("s3://shop", "RecSys_Recipe_StepFunctions_CDK");
      const csv = Buffer.from(
        await bucket.read("batch_transform_inference_output/aws-model/items2users.csv"),
      ).toString("utf8");
      const listed = csv
        .split("\n")
        .filter((line) => line.startsWith("10,"))
        .slice(0, 5);
      expect(answer["10"]!.map(({ item_id }) => item_id)).toEqual(
        listed.map((line) => Number(line.split(",")[2])),
      );
      await page.getByRole("button", { name: "Send the request" }).click();
      await page.getByText("200", { exact: true }).waitFor();
      await picture("api");
      // The call stands in the one log group, and on the panel's page.
      await visit(page, "Logs");
      await page.getByRole("button", { name: "REST API" }).click();
      const lines = page.getByRole("log");
      await lines.getByText("/recommend/item-to-user").first().waitFor();
      expect(await violationsInBothModes(page)).toEqual([]);
      await picture("logs");
    },
  );

  test(
    "Q9 Q111 everything is burned, and nothing is left but the bucket",
    { timeout: 300_000 },
    async () => {
      await page.goto(`${panel.url}/burning-recipe`);
      for (const stack of ["Responder", "Core", "Collector"]) {
        await page.getByRole("radio", { name: `${stack} Stack` }).click();
        await page.getByRole("heading", { name: `Burn the ${stack} Stack` }).waitFor();
        await page.getByRole("table", { name: "Will be removed" }).waitFor();
        if (stack === "Responder") {
          await picture("burn");
          expect(await violationsInBothModes(page)).toEqual([]);
        }
        await page.getByRole("textbox", { name: /^To confirm/ }).fill(stack.toLowerCase());
        await page.getByRole("button", { name: "Burn Now" }).click();
        await page.getByText("Removed", { exact: true }).waitFor();
      }
      await picture("burned");
      expect(await leftIn(account)).toEqual({
        stacks: [],
        machines: [],
        apis: [],
        functions: [],
        roles: [],
        rules: [],
        // docs/aws.md says that they stay: people read logs after a stack has gone.
        logGroups: ["/aws/sagemaker/ProcessingJobs", "/aws/sagemaker/TrainingJobs", "RecSys"],
      });
      expect(await account.aws.rest("s3", "GET", "/shop?list-type=2")).toContain("aws-model");
      // While the server was away its pages asked in vain.
      const other = complaints.filter((words) => !words.includes("ERR_CONNECTION_REFUSED"));
      expect(other).toEqual([]);
    },
  );
});

async function stacksIn({ aws }: Account): Promise<readonly string[]> {
  const xml = await aws.query("cloudformation", {
    Action: "DescribeStacks",
    Version: "2010-05-15",
  });
  return xml
    .split("<member>")
    .flatMap((text) => {
      const name = /<StackName>(RecSys.*?)<\/StackName>/.exec(text)?.[1];
      const status = /<StackStatus>(.*?)<\/StackStatus>/.exec(text)?.[1] ?? "";
      return name === undefined || /DELETE_COMPLETE|REVIEW_IN_PROGRESS/.test(status) ? [] : [name];
    })
    .sort();
}

async function machineArn({ aws }: Account, name: string): Promise<string> {
  const { stateMachines } = await aws.json("states", "AWSStepFunctions.ListStateMachines", {});
  const all = stateMachines as readonly {
    readonly name: string;
    readonly stateMachineArn: string;
  }[];
  return all.find((machine) => machine.name === name)!.stateMachineArn;
}

function namesOf(rules: unknown): readonly string[] {
  return (rules as readonly { readonly Name: string }[]).map(({ Name }) => Name);
}

/** What of RecSys's there is in the account, beside the bucket. */
async function leftIn(account: Account): Promise<object> {
  const { aws } = account;
  const { stateMachines } = await aws.json("states", "AWSStepFunctions.ListStateMachines", {});
  const apis = JSON.parse(await aws.rest("apigateway", "GET", "/restapis")) as { item?: object[] };
  const functions = JSON.parse(await aws.rest("lambda", "GET", "/2015-03-31/functions")) as {
    readonly Functions: readonly object[];
  };
  const { Rules: rules } = await aws.json("events", "AWSEvents.ListRules", {});
  const { logGroups } = await aws.json("logs", "Logs_20140328.DescribeLogGroups", {});
  const groups = logGroups as readonly { readonly logGroupName: string }[];
  const roles = await aws.query("iam", { Action: "ListRoles", Version: "2010-05-08" });
  return {
    stacks: await stacksIn(account),
    machines: stateMachines,
    apis: apis.item ?? [],
    functions: functions.Functions,
    roles: [...roles.matchAll(/<RoleName>(RecSys.*?)<\/RoleName>/g)].map(([, name]) => name),
    rules: namesOf(rules),
    logGroups: groups.map(({ logGroupName }) => logGroupName).sort(),
  };
}
