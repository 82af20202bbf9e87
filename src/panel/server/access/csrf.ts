import { createHmac } from "node:crypto";

import type { FastifyRequest } from "fastify";

import { PanelError } from "../context.ts";
import { isSameSecret } from "../state/index.ts";

/** The token that every change of a session must carry. It follows from the session's id, so nothing is kept. */
export function csrfTokenOf(sessionId: string): string {
  return createHmac("sha256", sessionId).update("csrf").digest("base64url");
}

/** Refuses a change that does not carry the token of its session in `X-CSRF-Token`. */
export function requireCsrfToken(request: FastifyRequest, sessionId: string): void {
  const given = request.headers["x-csrf-token"];
  if (typeof given === "string" && isSameSecret(given, csrfTokenOf(sessionId))) return;
  throw new PanelError(
    403,
    "csrf",
    "the header X-CSRF-Token must hold the token that GET /panel/api/session gives; load the page again",
  );
}

/** Refuses a change that a page of another site has sent. Programs send neither header and pass. */
export function requireOwnOrigin(request: FastifyRequest, publicUrl: string | undefined): void {
  const site = request.headers["sec-fetch-site"];
  const { origin } = request.headers;
  const isOwnSite = site === undefined || site === "same-origin";
  if (isOwnSite && (origin === undefined || isOwn(origin, request, publicUrl))) return;
  const hint =
    publicUrl === undefined
      ? "if a reverse proxy stands before the panel, let it pass Host on or set panel.publicUrl"
      : `panel.publicUrl is ${publicUrl}`;
  throw new PanelError(403, "wrong_origin", `the change came from another site; ${hint}`);
}

function isOwn(origin: string, request: FastifyRequest, publicUrl: string | undefined): boolean {
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true;
  const { host } = request.headers;
  // A proxy may have ended TLS: then the scheme that we see is not the browser's.
  const schemes = request.protocol === "https" ? ["https"] : ["http", "https"];
  return schemes.some((scheme) => origin === `${scheme}://${host ?? ""}`);
}
