import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "playwright-core";

import { RAW_FILES } from "../../../src/schema/index.ts";
import { STAGE_MS } from "./newcomer.ts";

const NAMES = [RAW_FILES.interactions, RAW_FILES.itemFeatures, RAW_FILES.itemDescription];

/** Drops the three raw files of a folder where the page Data says so, and waits until they have arrived. */
export async function dropFiles(page: Page, folder: string): Promise<void> {
  const contents = NAMES.map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
  const dataTransfer = await page.evaluateHandle((dropped) => {
    const transfer = new DataTransfer();
    for (const { name, text } of dropped) transfer.items.add(new File([text], name));
    return transfer;
  }, contents);
  const place = page.getByText("Drop the raw files here");
  for (const event of ["dragenter", "dragover", "drop"]) {
    await place.dispatchEvent(event, { dataTransfer });
  }
  for (const name of NAMES) {
    const line = page.getByRole("group", { name, exact: true });
    await line.getByText(/^stored/).waitFor({ timeout: STAGE_MS });
  }
}
