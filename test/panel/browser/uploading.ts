import { readFileSync } from "node:fs";
import { basename } from "node:path";

import type { Locator, Page } from "playwright-core";

const LONGEST_UPLOAD = 60_000;

/** Chooses the files with the button of the page Data and waits until all are stored. */
export async function upload(page: Page, files: readonly string[]): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await page.getByText("Choose files", { exact: true }).click();
  await (await choosing).setFiles([...files]);
  await allStored(page, files);
}

/** Drops the files where the page Data says so and waits until all are stored. */
export async function dropFiles(page: Page, files: readonly string[]): Promise<void> {
  const contents = files.map((file) => ({
    name: basename(file),
    text: readFileSync(file, "utf8"),
  }));
  const dataTransfer = await page.evaluateHandle((dropped) => {
    const transfer = new DataTransfer();
    for (const { name, text } of dropped) transfer.items.add(new File([text], name));
    return transfer;
  }, contents);
  const zone = page.getByText("Drop the raw files here");
  for (const event of ["dragenter", "dragover", "drop"]) {
    await zone.dispatchEvent(event, { dataTransfer });
  }
  await allStored(page, files);
}

async function allStored(page: Page, files: readonly string[]): Promise<void> {
  for (const file of files) {
    await lineOf(page, file)
      .getByText(/^stored/)
      .waitFor({ timeout: LONGEST_UPLOAD });
  }
}

/** What the page Data says of a file that was chosen. */
export function lineOf(page: Page, file: string): Locator {
  return page.getByRole("group", { name: basename(file), exact: true });
}
