import { useEffect, useState } from "react";

import { followStream } from "./follow-stream.ts";

/** What a stream of server-sent events has last said, and whether the connection stands. */
export interface Live<Value> {
  readonly value: Value | undefined;
  readonly connection: "connecting" | "open" | "lost";
}

/**
 * Follows a stream of the panel's API whose events are each a whole picture: a connection that breaks is opened again, and
 * the first event after that is right again.
 *
 * @param path - below `/panel/api`; `null` follows nothing
 * @param event - name of the events to read
 * @param isLast - after which value the stream is over
 * @param turn - follows anew when it changes, such as when what had ended goes on; the last value stays meanwhile
 */
export function useLive<Value>(
  path: string | null,
  event: string,
  isLast: (value: Value) => boolean = () => false,
  turn: unknown = null,
): Live<Value> {
  const [{ of, ...live }, setLive] = useState<Live<Value> & { readonly of: string | null }>({
    of: path,
    ...NOTHING,
  });
  useEffect(() => {
    const hear = (change: Partial<Live<Value>>): void => {
      setLive((before) => ({ ...(before.of === path ? before : NOTHING), ...change, of: path }));
    };
    if (path === null) return undefined;
    const stop = followStream(path, event, {
      onOpen: () => {
        hear({ connection: "open" });
      },
      onLost: () => {
        hear({ connection: "lost" });
      },
      onEvent: (data) => {
        const value = JSON.parse(data) as Value;
        hear({ value, connection: "open" });
        if (isLast(value)) stop();
      },
    });
    return stop;
    // `isLast` is a rule of the page, the same at every drawing.
  }, [path, event, turn]);
  return of === path ? live : NOTHING;
}

const NOTHING = { value: undefined, connection: "connecting" } as const;
