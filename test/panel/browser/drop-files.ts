import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "playwright-core";

import { RAW_FILES } from "../../../src/schema/index.ts";
import { STAGE_MS } from "./newcomer.ts";

const NAMES = [RAW_FILES.interactions, RAW_FILES.itemFeatures, RAW_FILES.itemDescription];

/** Drops the three raw files of a folder where the page Data says so, and waits until they have arrived. */
export async function dropFiles(page: Page, folder: string): Promise<void> {
  const contents = NAMES.map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
  // As text: what runs in the browser has other globals than the tests.
  const dataTransfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    for (const { name, text } of ${JSON.stringify(contents)}) transfer.items.add(new File([text], name));
    return transfer;
  })()`);
  const place = page.getByText("Drop the raw files here");
  for (const event of ["dragenter", "dragover", "drop"]) {
    await place.dispatchEvent(event, { dataTransfer });
  }
  for (const name of NAMES) {
    const line = page.getByRole("group", { name, exact: true });
    await line.getByText(/^stored/).waitFor({ timeout: STAGE_MS });
  }
}
