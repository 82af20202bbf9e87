import { useEffect, useRef, useState } from "react";

import type { LogLine } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { followStream } from "../../api/follow-stream.ts";
import { appended, joined, KEPT_LINES, type NumberedLine } from "./log-lines.ts";

/** The latest lines of the log group, and those that come. */
export interface LogFeed {
  readonly lines: readonly NumberedLine[];
  readonly isLoading: boolean;
  readonly problem: string | null;
  readonly connection: "connecting" | "open" | "lost";
  /** Lines that have come since the display was paused. */
  readonly waiting: number;
}

/** How often lines that have come are drawn; one by one they would be drawn a thousand times a second. */
const DRAW_MILLISECONDS = 200;

const NOTHING: LogFeed = {
  lines: [],
  isLoading: true,
  problem: null,
  connection: "connecting",
  waiting: 0,
};

/**
 * Reads the latest lines and follows the stream of new ones. While paused they are kept back, and only counted. When the
 * connection was lost and is there again, the latest lines are read anew, so that none is missing between.
 */
export function useLogLines(query: string, isPaused: boolean): LogFeed {
  const [feed, setFeed] = useState(NOTHING);
  const arrived = useRef<LogLine[]>([]);
  const paused = useRef(isPaused);

  useEffect(() => {
    paused.current = isPaused;
  }, [isPaused]);

  useEffect(() => {
    setFeed(NOTHING);
    arrived.current = [];
    const stopping = new AbortController();
    let isRead = false;
    let isReconnected = false;

    const readLatest = async (): Promise<void> => {
      try {
        const path = `/logs?limit=${KEPT_LINES}&${query}`;
        const latest = await read<readonly LogLine[]>(path, stopping.signal);
        const all = joined(latest, arrived.current.splice(0));
        isRead = true;
        setFeed((before) => ({
          ...before,
          lines: appended([], all),
          isLoading: false,
          problem: null,
        }));
      } catch (error) {
        if (stopping.signal.aborted) return;
        const problem = error instanceof Error ? error.message : String(error);
        setFeed((before) => ({ ...before, isLoading: false, problem }));
      }
    };

    const stop = followStream(`/logs/stream?${query}`, "line", {
      onOpen: () => {
        setFeed((before) => ({ ...before, connection: "open" }));
        if (isReconnected) void readLatest();
        isReconnected = true;
      },
      onLost: () => {
        setFeed((before) => ({ ...before, connection: "lost" }));
      },
      onEvent: (data) => {
        arrived.current.push(JSON.parse(data) as LogLine);
        // However long it is paused, no more is kept than can be shown.
        if (arrived.current.length > 2 * KEPT_LINES) arrived.current.splice(0, KEPT_LINES);
      },
    });
    const drawing = setInterval(() => {
      if (!isRead || arrived.current.length === 0) return;
      if (paused.current) {
        const waiting = arrived.current.length;
        setFeed((before) => ({ ...before, waiting }));
        return;
      }
      const fresh = arrived.current.splice(0);
      setFeed((before) => ({ ...before, lines: appended(before.lines, fresh), waiting: 0 }));
    }, DRAW_MILLISECONDS);
    void readLatest();

    return () => {
      stopping.abort();
      stop();
      clearInterval(drawing);
    };
  }, [query]);

  return feed;
}
