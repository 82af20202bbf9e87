import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Expects every state of the page's first graph to lie within the graph's place, once it has found its size. */
export async function expectWholeGraph(page: Page): Promise<void> {
  const graph = page.getByRole("application").first();
  const outside = async (): Promise<readonly string[]> => {
    const place = (await graph.boundingBox())!;
    const found: string[] = [];
    for (const state of await graph.getByRole("group").all()) {
      const box = (await state.boundingBox())!;
      const isInside =
        box.x >= place.x &&
        box.y >= place.y &&
        box.x + box.width <= place.x + place.width &&
        box.y + box.height <= place.y + place.height;
      if (!isInside) found.push((await state.getAttribute("aria-label")) ?? "");
    }
    return found;
  };
  await expect.poll(outside).toEqual([]);
}
