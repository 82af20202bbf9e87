import { createReadStream } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type SampleOptions, type ShopOptions, writeSampleShop } from "../../sample/index.ts";
import { isS3Url } from "../../storage/index.ts";
import { openDestination } from "../output/destination.ts";
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

/** The same at a place that may be in S3: it is made on this machine and copied there. */
export async function makeSampleShopAt(
  session: Session,
  place: string,
  options: Partial<ShopOptions>,
  what: SampleOptions,
): Promise<readonly string[]> {
  if (!isS3Url(place)) return makeSampleShop(session, place, options, what);
  const destination = await openDestination(place);
  const scratch = await mkdtemp(join(tmpdir(), "recsys-sample-"));
  try {
    const shop = join(scratch, "shop");
    const names = await makeSampleShop(session, shop, options, what);
    // The interactions, without which there is no shop, come last.
    for (const name of names.toReversed()) {
      await destination.write(name, createReadStream(join(shop, name)), session.signal);
    }
    return names;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
