import { hashSync } from "@node-rs/argon2";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { pino } from "pino";
import { onTestFinished } from "vitest";

import {
  createPanel,
  openPanelState,
  type PanelOptions,
  type PanelState,
} from "../../../src/panel/server/index.ts";
import {
  type ConfigEntry,
  assignmentLayer,
  resolveConfig,
  type Role,
} from "../../../src/schema/index.ts";
import { folderBucket } from "../../../src/storage/index.ts";
import { temporaryFolder } from "../../storage/temporary-folder.ts";

export const PASSWORD = "correct horse battery";
const HASHED = hashSync(PASSWORD, { memoryCost: 8, timeCost: 1 }); // weak, so that tests are quick

export interface Tried {
  readonly app: FastifyInstance;
  readonly state: PanelState;
  /** What the panel takes for the time; may be put forward. */
  readonly time: { now: Date };
  /** Another panel over the same state and bucket. */
  readonly another: (options?: Partial<PanelOptions>) => Promise<FastifyInstance>;
}

/** A panel on an empty bucket, closed with the test; `settings` such as `panel.sessionIdleMinutes=5`. */
export async function panel(
  options: Partial<PanelOptions> = {},
  settings: readonly string[] = [],
): Promise<Tried> {
  const base = resolveConfig([assignmentLayer(settings, [] as ConfigEntry[])]);
  const folder = await temporaryFolder();
  const state = openPanelState(`${folder}/.panel`, base.config.panel);
  onTestFinished(() => {
    state.close();
  });
  const time = { now: new Date("2026-11-26T10:00:00Z") };
  const shared: PanelOptions = {
    bucket: folderBucket(folder, base.config.bucketPrefix),
    base,
    state,
    clock: () => time.now,
    log: pino({ level: "silent" }),
    responder: { url: "http://127.0.0.1:8080", redeploy: () => Promise.resolve() },
    version: "1.2.3",
    url: () => "http://127.0.0.1:8080",
    transport: "plain",
    pagesFolder: `${folder}/pages`,
  };
  const another = async (more: Partial<PanelOptions> = {}): Promise<FastifyInstance> => {
    const app = await createPanel({ ...shared, ...options, ...more });
    onTestFinished(() => app.close());
    await app.ready();
    return app;
  };
  return { app: await another(), state, time, another };
}

/** Someone whose password is {@link PASSWORD}. */
export function addPerson(state: PanelState, name: string, role: Role): void {
  state.people.add({ name, role, password: HASHED }, new Date("2026-11-01T00:00:00Z"));
}

/** What a browser keeps of a login. */
export interface Browser {
  readonly cookie: string;
  readonly csrf: string;
  readonly ask: (
    method: InjectOptions["method"],
    url: string,
    body?: object,
  ) => Promise<LightMyRequestResponse>;
}

export function logIn(
  app: FastifyInstance,
  name: string,
  password = PASSWORD,
): Promise<LightMyRequestResponse> {
  return app.inject({ method: "POST", url: "/panel/api/session", payload: { name, password } });
}

/** Logs in as a browser would. */
export async function browser(
  app: FastifyInstance,
  name: string,
  password = PASSWORD,
): Promise<Browser> {
  return browserOf(app, await logIn(app, name, password));
}

/** The browser that got this answer to its login. */
export function browserOf(app: FastifyInstance, answer: LightMyRequestResponse): Browser {
  const [{ name, value }] = answer.cookies as [{ name: string; value: string }];
  const cookie = `${name}=${value}`;
  const { csrfToken: csrf } = answer.json<{ csrfToken: string }>();
  return {
    cookie,
    csrf,
    ask: (method = "GET", url, body) =>
      app.inject({
        method,
        url,
        headers: { cookie, "x-csrf-token": csrf },
        ...(body === undefined ? {} : { payload: body }),
      }),
  };
}
