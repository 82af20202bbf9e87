import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds wrong on a page in light and in dark, by mode, rule and place. */
export async function violationsInBothModes(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const mode of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: mode });
    await page.waitForTimeout(150); // until the colours have changed
    // Only the colours differ.
    const violations = await violationsOf(page, mode === "light" ? undefined : ["color-contrast"]);
    found.push(...violations.map((violation) => `${mode}: ${violation}`));
  }
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

/** By rule and place; all rules, or these. */
async function violationsOf(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  // Put in through the debugger: the pages' own policy allows no script from elsewhere.
  await page.evaluate(axe.source);
  return page.evaluate(async (runOnly) => {
    const { axe: inPage } = globalThis as unknown as { axe: Axe };
    const { violations } = await inPage.run(runOnly === undefined ? {} : { runOnly });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => {
        const why = failureSummary.split("\n")[1]?.trim() ?? "";
        return `${id}: ${target.join(" ")}: ${why}`;
      }),
    );
  }, rules);
}

interface Axe {
  run(options: { readonly runOnly?: readonly string[] }): Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly nodes: readonly {
        readonly target: readonly string[];
        readonly failureSummary: string;
      }[];
    }[];
  }>;
}
