import { useEffect, useState } from "react";

import { followStream } from "./follow-stream.ts";

/** What a stream of server-sent events has last said, and whether the connection stands. */
export interface Live<Value> {
  readonly value: Value | undefined;
  readonly connection: "connecting" | "open" | "lost";
}

/**
 * Follows a stream of the panel's API whose events are each a whole picture: the browser reconnects by itself, and the
 * first event after that is right again.
 *
 * @param path - below `/panel/api`; `null` follows nothing
 * @param event - name of the events to read
 * @param isLast - after which value the stream is over
 * @param again - when this changes the stream is opened anew; what it said last is shown until then
 */
export function useLive<Value>(
  path: string | null,
  event: string,
  isLast: (value: Value) => boolean = () => false,
  again?: unknown,
): Live<Value> {
  const [live, setLive] = useState<Live<Value>>({ value: undefined, connection: "connecting" });
  useEffect(() => {
    setLive({ value: undefined, connection: "connecting" });
  }, [path, event]);
  useEffect(() => {
    if (path === null) return undefined;
    const stop = followStream(path, event, {
      onOpen: () => {
        setLive(({ value }) => ({ value, connection: "open" }));
      },
      onLost: () => {
        setLive(({ value }) => ({ value, connection: "lost" }));
      },
      onEvent: (data) => {
        const value = JSON.parse(data) as Value;
        setLive({ value, connection: "open" });
        if (isLast(value)) stop();
      },
    });
    return stop;
    // `isLast` is a rule of the page, the same at every drawing.
  }, [path, event, again]);
  return live;
}
