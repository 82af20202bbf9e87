import { rename, rm } from "node:fs/promises";

import { type SampleOptions, type ShopOptions, writeSampleShop } from "../../sample/index.ts";
import { viewFor } from "../progress/view-for.ts";
import type { Session } from "../session.ts";

/** Makes a sample shop and shows how far it is; the folder appears when it is whole. */
export async function makeSampleShop(
  session: Session,
  folder: string,
  options: Partial<ShopOptions> = {},
  what: SampleOptions = {},
): Promise<readonly string[]> {
  const part = `${folder}.part`;
  const view = viewFor(process.stderr);
  view.started("Sample");
  try {
    await rm(part, { recursive: true, force: true });
    const names = await writeSampleShop(part, options, {
      ...what,
      signal: session.signal,
      report(progress) {
        view.progressed("Sample", progress);
      },
    });
    await rename(part, folder);
    view.ended("Sample", "done");
    return names;
  } finally {
    view.close();
    await rm(part, { recursive: true, force: true });
  }
}
