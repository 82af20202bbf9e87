import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, onTestFinished, test } from "vitest";

import { NAMES, templateText } from "./templates.ts";

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const { version } = JSON.parse(readFileSync(path("package.json"), "utf8")) as { version: string };

function release(...args: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const only = ["--only", "templates,listing", "--out", folder];
  execFileSync(process.execPath, [path("scripts/release.mjs"), ...only, ...args], {
    stdio: "pipe",
  });
  return folder;
}

interface Listing {
  readonly pricing: { readonly software: string; readonly typicalTotalPrice: string };
  readonly steps: readonly string[];
  readonly deliveryMethod: string;
  readonly softwareVersion: string;
  readonly launchAction: string;
  readonly template: { readonly source: string; readonly url: string; readonly stackName: string };
  readonly regions: readonly {
    readonly id: string;
    readonly name: string;
    readonly launchUrl: string;
  }[];
}

test("Q114 Q115 Q116 Q117 Q118 Q119 Q120 a release says to a marketplace what the documentation's steps choose, and so does the page", () => {
  const folder = release("--bucket", "my-releases", "--region", "eu-west-1");
  const listing = JSON.parse(readFileSync(join(folder, "listing.json"), "utf8")) as Listing;
  expect(listing.pricing).toMatchObject({ software: "Free", typicalTotalPrice: "$0.012/hr" });
  expect(listing.steps).toEqual([
    "Continue to Subscribe",
    "Continue to Configuration",
    "Continue to Launch",
  ]);
  expect(listing.deliveryMethod).toBe("RecSys Panel Admin");
  // As in "0.1.1 (Aug 30, 2021)".
  expect(listing.softwareVersion).toMatch(/^\d+\.\d+\.\d+ \([A-Z][a-z]{2} \d{1,2}, \d{4}\)$/);
  expect(listing.softwareVersion.split(" ")[0]).toBe(version);
  expect(listing.launchAction).toBe("Launch CloudFormation");
  expect(listing.template).toEqual({
    source: "Amazon S3 URL",
    url: `https://my-releases.s3.eu-west-1.amazonaws.com/recsys/${version}/templates/RecSysPanelAdmin.template.json`,
    stackName: "RecSysPanelAdmin",
  });
  const ireland = listing.regions.find(({ name }) => name === "EU (Ireland)");
  const launch = new URL(ireland!.launchUrl);
  expect([launch.host, launch.searchParams.get("region")]).toEqual([
    "eu-west-1.console.aws.amazon.com",
    "eu-west-1",
  ]);
  const shown = new URLSearchParams(launch.hash.slice(launch.hash.indexOf("?")));
  expect(shown.get("templateURL")).toBe(listing.template.url);
  // The file that is copied there.
  expect(existsSync(join(folder, "templates", "RecSysPanelAdmin.template.json"))).toBe(true);

  const page = readFileSync(path("docs/marketplace.md"), "utf8");
  for (const said of [
    listing.pricing.typicalTotalPrice,
    ...listing.steps,
    listing.deliveryMethod,
    listing.launchAction,
    listing.template.source,
    ...listing.regions.map(({ name }) => name),
  ]) {
    expect(page, said).toContain(said);
  }
});

test("the templates of a release are those of the sources, with its version and where the rest of it is", () => {
  const folder = join(release("--bucket", "my-releases"), "templates");
  expect(readdirSync(folder)).toEqual(NAMES.map((name) => `${name}.template.json`));
  const released = (name: string) =>
    JSON.parse(readFileSync(join(folder, `${name}.template.json`), "utf8")) as Template;
  for (const name of NAMES) {
    const source = JSON.parse(templateText(name)) as Template;
    const { Metadata, Parameters, Resources } = released(name);
    expect(Metadata["RecSys.Version"]).toBe(version);
    expect(Resources).toEqual(source.Resources);
    expect(Object.keys(Parameters)).toEqual(Object.keys(source.Parameters));
  }
  const panel = released("RecSysPanelAdmin").Parameters;
  expect(panel["ReleaseBucket"]!.Default).toBe("my-releases");
  expect(panel["ReleasePrefix"]!.Default).toBe(`recsys/${version}`);
  const responder = released("RecSysResponderStack").Parameters;
  expect(responder["CodeBucket"]!.Default).toBe("my-releases");
  expect(responder["CodeKey"]!.Default).toBe(`recsys/${version}/recsys-responder.zip`);
});

interface Template {
  readonly Metadata: Readonly<Record<string, string>>;
  readonly Parameters: Readonly<Record<string, { readonly Default?: string }>>;
  readonly Resources: object;
}

test("without a bucket nothing names one, and there is no listing", () => {
  const folder = release();
  const file = join(folder, "templates", "RecSysPanelAdmin.template.json");
  const { Parameters } = JSON.parse(readFileSync(file, "utf8")) as Template;
  expect(Parameters["ReleaseBucket"]).not.toHaveProperty("Default");
  expect(existsSync(join(folder, "listing.json"))).toBe(false);
});

test("--only with a part that does not exist says what there is", () => {
  expect(() => release("--only", "panel")).toThrow(/--only takes responder, .*, got "panel"/);
});
