import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import type { Page } from "playwright-core";

import { pause } from "./panel-calls.ts";

export const WIDTHS = [1440, 1024, 800] as const;
export const MODES = ["light", "dark"] as const;

/** What is photographed: a page in a state. */
export interface Scene {
  readonly name: string;
  readonly path: string;
  /** What is done there before; the page is opened anew for each width. */
  readonly act?: (page: Page) => Promise<void>;
  /** Requests that get no answer, as when the server is gone: a glob. */
  readonly unanswered?: string;
  /** Only what fits into a window, as of a dialog that lies over the page. */
  readonly isWindow?: boolean;
}

export interface Camera {
  readonly folder: string;
  readonly widths: readonly number[];
  readonly modes: readonly ("light" | "dark")[];
  /** Is a scene to be photographed? */
  readonly wants: (scene: Pick<Scene, "name">) => boolean;
  /** One picture a scene, of what fits into a window of this height. */
  readonly windows?: ReadonlyMap<string, number>;
}

const LEAST_HEIGHT = 900;
const MOST_HEIGHT = 8_000;

/** Takes the pictures of a scene: each width, each mode. */
export async function photograph(camera: Camera, page: Page, base: string, scene: Scene) {
  if (!camera.wants(scene)) return;
  const windowHeight =
    camera.windows?.get(scene.name) ?? (scene.isWindow === true ? LEAST_HEIGHT : undefined);
  const isAlone = camera.windows !== undefined;
  await mkdir(isAlone ? camera.folder : join(camera.folder, scene.name), { recursive: true });
  if (scene.unanswered !== undefined) await page.route(scene.unanswered, (route) => route.abort());
  for (const width of camera.widths) {
    await page.emulateMedia({ colorScheme: camera.modes[0]!, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: LEAST_HEIGHT });
    await page.goto(base + scene.path);
    await settled(page);
    await scene.act?.(page);
    await settled(page);
    // The pages scroll inside themselves, so that a picture of the "full page" ends with the window.
    const height = windowHeight ?? (await heightOf(page));
    await page.setViewportSize({ width, height });
    await settled(page);
    for (const mode of camera.modes) {
      await page.emulateMedia({ colorScheme: mode });
      await pause(150);
      const name = isAlone ? `${scene.name}.png` : `${scene.name}/${width}-${mode}.png`;
      const path = join(camera.folder, name);
      await page.screenshot({ path, animations: "disabled" });
    }
  }
  if (scene.unanswered !== undefined) await page.unroute(scene.unanswered);
  console.error(scene.name);
}

/** Waits until nothing is loading; a page that goes on for ever is taken as it is. */
async function settled(page: Page): Promise<void> {
  await pause(250);
  for (let tries = 0; tries < 100; tries++) {
    const isBusy = await page.evaluate<boolean>(
      `document.querySelector('[aria-busy="true"]') !== null ||
        /Loading .{2,40} …/.test(document.body.innerText)`,
    );
    if (!isBusy) break;
    await pause(300);
  }
  await pause(350);
}

async function heightOf(page: Page): Promise<number> {
  const height = await page.evaluate<number>(
    `Math.max(document.documentElement.scrollHeight, document.body.scrollHeight,
      ...[...document.querySelectorAll("main")].map((main) => main.scrollHeight))`,
  );
  return Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, height));
}
