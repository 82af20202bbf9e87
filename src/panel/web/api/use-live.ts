import { useEffect, useState } from "react";

/** What a stream of server-sent events has last said, and whether the connection stands. */
export interface Live<Value> {
  readonly value: Value | undefined;
  readonly connection: "connecting" | "open" | "lost";
}

const REOPEN_MS = 2_000;

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
    let source: EventSource;
    let later: number | undefined;
    const open = (): void => {
      source = new EventSource(`/panel/api${path}`);
      source.onopen = () => {
        setLive(({ value }) => ({ value, connection: "open" }));
      };
      source.onerror = () => {
        setLive(({ value }) => ({ value, connection: "lost" }));
        // The browser tries again after a connection that broke, but not after an answer that was none, such as of a server that is starting.
        if (source.readyState === EventSource.CLOSED) later = window.setTimeout(open, REOPEN_MS);
      };
      source.addEventListener(event, ({ data }) => {
        const value = JSON.parse(data as string) as Value;
        setLive({ value, connection: "open" });
        if (isLast(value)) source.close();
      });
    };
    open();
    return () => {
      window.clearTimeout(later);
      source.close();
    };
    // `isLast` is a rule of the page, the same at every drawing.
  }, [path, event, again]);
  return live;
}
