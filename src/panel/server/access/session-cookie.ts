import type { FastifyReply, FastifyRequest } from "fastify";

/** The cookie that holds the session's id. */
export interface SessionCookie {
  readonly read: (request: FastifyRequest) => string | undefined;
  readonly write: (reply: FastifyReply, id: string) => void;
  readonly clear: (reply: FastifyReply) => void;
}

/**
 * Under TLS its name begins with `__Host-`, so that the browser takes it from this very host only. It ends with the
 * browser's session at the latest; the server ends it earlier.
 *
 * @param instance - of the panel: cookies know no ports, and two panels of one host must not take each other's
 * @param isSecure - is the panel reached by TLS?
 */
export function sessionCookie(instance: string, isSecure: boolean): SessionCookie {
  const name = `${isSecure ? "__Host-" : ""}recsys_${instance}`;
  const options = { path: "/", httpOnly: true, sameSite: "strict", secure: isSecure } as const;
  return {
    read: (request) => request.cookies[name],
    write(reply, id) {
      reply.setCookie(name, id, options);
    },
    clear(reply) {
      reply.clearCookie(name, options);
    },
  };
}
