import type { IncomingMessage, RequestListener } from "node:http";
import { join } from "node:path";

import type { FastifyBaseLogger, FastifyInstance } from "fastify";

import type { InvitationLink, ResolvedConfig } from "../../../schema/index.ts";
import type { Bucket } from "../../../storage/index.ts";
import { firstAdminLink } from "../access/index.ts";
import type { PanelCloud } from "../context.ts";
import { createPanel, type PanelOptions } from "../panel.ts";
import { openPanelState } from "../state/index.ts";
import { keepWritingReports } from "../weekly/index.ts";
import { certificateFor } from "./certificate.ts";
import { type Listening, listen } from "./listen.ts";
import { hasBody, type ResponderSlot, responderSlot } from "./responder-slot.ts";

export interface SiteOptions {
  readonly bucket: Bucket;
  /** `responder.host` and `responder.port` say where; the responder itself follows its deployment in the bucket. */
  readonly base: ResolvedConfig;
  /** Where the panel keeps its own state. */
  readonly stateFolder: string;
  readonly pagesFolder: string;
  readonly version: string;
  readonly log: FastifyBaseLogger;
  readonly clock: () => Date;
  /** The AWS account of the stacks; without one everything is on this machine. */
  readonly cloud?: PanelCloud;
  /** Address of the Redis server where workers are met, if there are any. */
  readonly redis?: string | undefined;
}

/** The panel, the dashboard and the REST API at work. */
export interface RunningSite {
  readonly url: string;
  readonly dashboardUrl: string | undefined;
  /** The one-time link for the first admin, as long as there is none. */
  readonly setup: InvitationLink | undefined;
  /** SHA-256 of the certificate, under TLS. */
  readonly fingerprint: string | undefined;
  /** Takes up the responder's deployment as it now stands in the bucket; the panel does so by itself. */
  readonly redeployResponder: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Serves everything on one port, and the dashboard on a second one where that is configured (A26). */
export async function serveSite(options: SiteOptions): Promise<RunningSite> {
  const { bucket, base, stateFolder, log, clock } = options;
  const { host, port } = base.config.responder;
  const config = base.config.panel;
  const folder = join(stateFolder, "tls");
  const certificate = await certificateFor(config, { folder, host, now: clock() });
  const state = openPanelState(stateFolder, config);
  // What stands beside the stacks in AWS asks for keys as they do.
  const slot = responderSlot(bucket, log, options.cloud === undefined ? "off" : "required");
  const panels: FastifyInstance[] = [];
  const servers: Listening[] = [];
  let reports: { readonly close: () => Promise<void> } | undefined;
  const close = async (): Promise<void> => {
    // Together: closing a panel ends its streams, without which its server would wait for them.
    await Promise.all([...servers, ...panels].map((each) => each.close()));
    await slot.close();
    await reports?.close();
    state.close();
  };

  let url = "";
  const panelOptions: PanelOptions = {
    ...options,
    state,
    url: () => url,
    transport: certificate === undefined ? "plain" : config.tls === "files" ? "tls" : "self-signed",
    responder: {
      get url() {
        return config.publicUrl ?? url;
      },
      redeploy: slot.redeploy,
    },
    keysChanged: slot.refreshKeys,
  };
  const start = async (dashboardOnly: boolean): Promise<FastifyInstance> => {
    const panel = await createPanel({ ...panelOptions, dashboardOnly });
    panels.push(panel);
    await panel.ready();
    return panel;
  };
  const serve = async (handle: RequestListener, at: number): Promise<string> => {
    const server = await listen(handle, { host, port: at, certificate });
    servers.push(server);
    return server.url;
  };

  try {
    await slot.redeploy();
    url = await serve(siteOf(await start(false), slot), port);
    const dashboardUrl =
      config.dashboardPort === undefined
        ? undefined
        : await serve(siteOf(await start(true), undefined), config.dashboardPort);
    const setup = firstAdminLink(state, config.publicUrl ?? url, clock());
    const fingerprint = certificate?.sha256;
    const { scratchFolder } = state;
    const { weekly: schedule } = base.config.reports;
    reports = keepWritingReports({ bucket, schedule, scratchFolder, clock, log });
    return { url, dashboardUrl, setup, fingerprint, redeployResponder: slot.redeploy, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the responder answers; everything else is the panel's. */
const RESPONDERS = /^\/(?:recommend|health|metrics|docs|openapi\.json)(?=[/?]|$)/;

/** What answers on a port: the panel, and the responder where there is one. */
function siteOf(panel: FastifyInstance, responder: ResponderSlot | undefined): RequestListener {
  return (request, response) => {
    const { url = "" } = request;
    if (hasBody(request) && !url.startsWith(UPLOADS)) limitBody(request);
    if (responder !== undefined && RESPONDERS.test(url)) responder.handle(request, response);
    else panel.routing(request, response);
  };
}

/** The panel's route that takes in files: the only one whose body may take its time. */
const UPLOADS = "/panel/api/data/files/";
const BODY_MILLISECONDS = 30_000;

/** Ends a connection whose body does not come. */
function limitBody(request: IncomingMessage): void {
  const timer = setTimeout(() => request.destroy(), BODY_MILLISECONDS);
  const clear = (): void => {
    clearTimeout(timer);
  };
  request.once("end", clear).once("close", clear);
}
