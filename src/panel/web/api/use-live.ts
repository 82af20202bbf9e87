import { useEffect, useState } from "react";

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
 */
export function useLive<Value>(
  path: string | null,
  event: string,
  isLast: (value: Value) => boolean = () => false,
): Live<Value> {
  const [live, setLive] = useState<Live<Value>>({ value: undefined, connection: "connecting" });
  useEffect(() => {
    setLive({ value: undefined, connection: "connecting" });
    if (path === null) return undefined;
    const source = new EventSource(`/panel/api${path}`);
    source.onopen = () => {
      setLive(({ value }) => ({ value, connection: "open" }));
    };
    source.onerror = () => {
      setLive(({ value }) => ({ value, connection: "lost" }));
    };
    source.addEventListener(event, ({ data }) => {
      const value = JSON.parse(data as string) as Value;
      setLive({ value, connection: "open" });
      if (isLast(value)) source.close();
    });
    return () => {
      source.close();
    };
    // `isLast` is a rule of the page, the same at every drawing.
  }, [path, event]);
  return live;
}
