import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext } from "react";

import type { PanelSession, Role } from "../../../schema/index.ts";
import { ROLES } from "./roles.ts";
import { change, read, RequestError, setCsrfToken } from "./client.ts";

const SessionContext = createContext<PanelSession | null>(null);

/** Asks who is logged in, and shows `children` to them and `login` to everybody else. */
export function SessionGate({
  login,
  waiting,
  children,
}: {
  readonly login: ReactNode;
  readonly waiting: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const session = useQuery({ queryKey: ["session"], queryFn: readSession, staleTime: 60_000 });
  if (session.isPending) return waiting;
  if (session.data === undefined || session.data === null) return login;
  return <SessionContext value={session.data}>{children}</SessionContext>;
}

/** Who is logged in; only below `SessionGate`. */
export function useSession(): PanelSession {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("there is no session here");
  return session;
}

/** May the one who is logged in do what asks for `role`? */
export function useMay(role: Role): boolean {
  const { role: held } = useSession();
  return ROLES.indexOf(held) >= ROLES.indexOf(role);
}

/** Ends the session, here and on the server, and forgets everything that was read. */
export function useLogout(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await change("DELETE", "/session");
    // Not `clear`: what shows the session would go on watching the entry that was cleared.
    queries.setQueryData(["session"], null);
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
  };
}

async function readSession(): Promise<PanelSession | null> {
  try {
    const session = await read<PanelSession>("/session");
    setCsrfToken(session.csrfToken);
    return session;
  } catch (error) {
    if (error instanceof RequestError && error.status === 401) return null;
    throw error;
  }
}
