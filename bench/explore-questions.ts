import type { EntityHit, UserPage, WhyNot } from "../src/schema/index.ts";
import type { PanelProcess } from "./panel-process.ts";

/** What is typed into the page's search, letter by letter, and more than one will want. */
const TEXTS = ["t", "te", "tent", "coat", "navy", "e", "1", "12", "123", "99999"];

/**
 * Uses the explore page: searches, users, items, and items that are in no user's list. Shows how long each took.
 *
 * @returns whether anything is served
 */
export async function explore(panel: PanelProcess): Promise<boolean> {
  try {
    await panel.ask("/explore/search?side=items&text=1");
  } catch (error) {
    if (!String(error).includes("nothing_served")) throw error;
    console.log("nothing is served: the explore page is not asked");
    return false;
  }
  const timed = async <T>(what: string, path: string): Promise<T> => {
    const start = performance.now();
    const answer = await panel.ask<T>(path);
    console.log(`explore, ${what}: ${(performance.now() - start).toFixed(0)} ms`);
    return answer;
  };
  const found: Record<"users" | "items", EntityHit[]> = { users: [], items: [] };
  for (const side of ["items", "users"] as const) {
    for (const text of TEXTS) {
      const path = `/explore/search?side=${side}&text=${text}`;
      found[side].push(...(await timed<EntityHit[]>(`${side} with "${text}"`, path)));
    }
  }
  for (const { id } of found.items.slice(0, 5)) await timed("an item", `/explore/items/${id}`);
  for (const { id } of found.users.slice(0, 5)) {
    const { recommendations } = await timed<UserPage>("a user", `/explore/users/${id}`);
    const shown = new Set(recommendations.map(({ itemId }) => itemId));
    const other = found.items.find((item) => !shown.has(item.id))!;
    await timed<WhyNot>("why not", `/explore/why-not?user=${id}&item=${other.id}`);
  }
  return true;
}
