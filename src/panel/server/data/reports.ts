import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Readable } from "node:stream";

import { listExecutions } from "../../../recipe/index.ts";
import type { DataReport } from "../../../schema/index.ts";
import { artefactFolder, type Bucket } from "../../../storage/index.ts";
import type { Checker } from "./checker.ts";

/** The name of the last check among the collector's executions. */
const CHECK = "check";

/** The report of a check ("check") or of a collector execution (its name); of the latest of them where none is named. */
export async function readReport(
  bucket: Bucket,
  checker: Checker,
  of: string | undefined,
): Promise<DataReport | undefined> {
  const name = of ?? (await latest(bucket, checker));
  if (name === undefined) return undefined;
  const text = await textOf(bucket, checker, name);
  if (text === undefined) return undefined;
  return { of: name, report: JSON.parse(text) as DataReport["report"] };
}

/** The rows that a check or an execution has set aside, as CSV. */
export async function openQuarantine(
  bucket: Bucket,
  checker: Checker,
  of: string | undefined,
): Promise<{ readonly of: string; readonly stream: Readable } | undefined> {
  const name = of ?? (await latest(bucket, checker));
  if (name === undefined) return undefined;
  if (name === CHECK) {
    const file = checker.file("quarantine.csv");
    return file === undefined ? undefined : { of: name, stream: createReadStream(file) };
  }
  const path = pathOf(name, "quarantine.csv");
  if (path === undefined || (await bucket.head(path)) === undefined) return undefined;
  return { of: name, stream: await bucket.stream(path) };
}

async function latest(bucket: Bucket, checker: Checker): Promise<string | undefined> {
  const checkedAt = checker.file("report.json") === undefined ? "" : (checker.check.endedAt ?? "");
  for (const { workflow, name, startedAt = "", endedAt } of await listExecutions(bucket)) {
    if (workflow !== "collector") continue;
    if (checkedAt > (endedAt ?? startedAt)) break;
    const path = pathOf(name, "report.json");
    if (path !== undefined && (await bucket.head(path)) !== undefined) return name;
  }
  return checkedAt === "" ? undefined : CHECK;
}

async function textOf(bucket: Bucket, checker: Checker, name: string): Promise<string | undefined> {
  if (name === CHECK) {
    const file = checker.file("report.json");
    return file === undefined ? undefined : readFile(file, "utf8");
  }
  const path = pathOf(name, "report.json");
  if (path === undefined || (await bucket.head(path)) === undefined) return undefined;
  return Buffer.from(await bucket.read(path)).toString("utf8");
}

/** `undefined` for what cannot be an execution's name. */
function pathOf(name: string, file: string): string | undefined {
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(name)) return undefined;
  return `${artefactFolder("processed_data", name)}/${file}`;
}
