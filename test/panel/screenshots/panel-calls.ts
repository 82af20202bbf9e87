import type { Page } from "playwright-core";

import type { ExecutionSummary, ExecutionView } from "../../../src/schema/index.ts";

/** Asks the panel's API as the page does that somebody is logged in on. */
export interface PanelCalls {
  get<Answer>(path: string): Promise<Answer>;
  send<Answer = unknown>(method: "POST" | "PUT", path: string, body: unknown): Promise<Answer>;
}

/** The panel's API for whoever is logged in on a page. */
export function panelCalls(page: Page): PanelCalls {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await page.evaluate(
      async ([how, where, what]) => {
        const session = await fetch("/panel/api/session");
        const { csrfToken } = (await session.json()) as { csrfToken: string };
        const response = await fetch(`/panel/api${where}`, {
          method: how,
          headers: {
            "X-CSRF-Token": csrfToken,
            ...(what === undefined ? {} : { "Content-Type": "application/json" }),
          },
          ...(what === undefined ? {} : { body: what }),
        });
        return { ok: response.ok, status: response.status, text: await response.text() };
      },
      [method, path, body === undefined ? undefined : JSON.stringify(body)] as const,
    );
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.text === "" ? undefined : JSON.parse(answer.text);
  };
  return {
    get: async <Answer>(path: string) => (await call("GET", path)) as Answer,
    send: async <Answer>(method: string, path: string, body: unknown) =>
      (await call(method, path, body)) as Answer,
  };
}

type Workflow = ExecutionSummary["workflow"];

/** Executes a workflow and waits for its end, however that is. */
export async function execute(calls: PanelCalls, workflow: Workflow, name: string): Promise<void> {
  await calls.send("POST", "/executions", { workflow, name });
  await until(calls, workflow, name, ({ summary }) => summary.status !== "running");
}

/** Waits until an execution is as wanted. */
export async function until(
  calls: PanelCalls,
  workflow: Workflow,
  name: string,
  isThere: (view: ExecutionView) => boolean,
): Promise<void> {
  const path = `/executions/${workflow}/${name}`;
  while (!isThere(await calls.get<ExecutionView>(path))) await pause(500);
}

/** Lets some time pass. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
