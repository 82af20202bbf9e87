import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

/** How the panel is reached. Only under TLS may a browser be told to insist on it. */
export type Transport = "plain" | "self-signed" | "tls";

declare module "fastify" {
  interface FastifyContextConfig {
    /** A document of its own that one of our pages shows in a frame, such as the evaluation report. */
    framed?: true;
  }
}

/**
 * Headers on every answer. The browser may load from this very origin alone, and only what is listed. Pages are shown in
 * no frame. A self-signed certificate gets no HSTS: it would forbid the exception that people make for it.
 */
export async function addSecurityHeaders(
  app: FastifyInstance,
  transport: Transport,
): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(transport === "plain" ? {} : { upgradeInsecureRequests: [] }),
      },
    },
    strictTransportSecurity:
      transport === "tls" ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: "same-origin" },
    xFrameOptions: { action: "deny" },
    // Both mean something in a secure context only; elsewhere browsers complain about them.
    crossOriginOpenerPolicy: transport === "plain" ? false : { policy: "same-origin" },
    originAgentCluster: transport !== "plain",
  });
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("permissions-policy", "camera=(), geolocation=(), microphone=()");
    if (request.url.startsWith("/panel/api/")) reply.header("cache-control", "no-store");
    if (request.routeOptions.config.framed === true) {
      reply.header("content-security-policy", FRAMED_POLICY);
      reply.header("x-frame-options", "SAMEORIGIN");
    }
    done();
  });
}

/** A finished document: its own styles and pictures, nothing that runs. */
const FRAMED_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'self'; sandbox";
