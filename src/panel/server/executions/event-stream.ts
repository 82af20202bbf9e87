import { PassThrough } from "node:stream";

import type { FastifyReply } from "fastify";

/** Server-sent events on their way to one page. */
export interface EventStream {
  /** Sends an event now, or, while the page is slow to take what it has, later: then only the latest of them. */
  readonly sendLatest: (event: OutgoingEvent) => void;
  /** Sends an event; gives up and says `false` when the page has too much before it. */
  readonly send: (event: OutgoingEvent) => boolean;
  /** Ends the stream after what was sent last. */
  readonly end: () => void;
  /** What is to be done once the page has gone, or the stream has ended. */
  readonly onClose: (action: () => void) => void;
}

interface OutgoingEvent {
  readonly event: string;
  /** JSON, on one line. */
  readonly data: string;
  readonly id?: string;
}

/** Bytes that may wait for a page before events are given up. */
const MOST_WAITING = 1 << 20;

/** The streams that are open, so that a server that closes does not wait for its pages. */
export class EventStreams {
  readonly #open = new Set<PassThrough>();
  readonly #heartbeatMilliseconds: number;

  constructor(heartbeatMilliseconds: number) {
    this.#heartbeatMilliseconds = heartbeatMilliseconds;
  }

  /**
   * Answers with server-sent events. Fastify pipes the stream to the socket, so the answer has every header that
   * another has, waits where the page is slow, and is destroyed when the page goes.
   *
   * Source: HTML Standard, "Server-sent events"
   */
  answer(reply: FastifyReply): EventStream {
    const stream = new PassThrough();
    this.#open.add(stream);
    let latest: string | undefined;
    let isEnding = false;
    const heartbeat = setInterval(() => {
      if (!stream.writableNeedDrain) stream.write(": still here\n\n");
    }, this.#heartbeatMilliseconds);
    heartbeat.unref();
    stream.on("close", () => {
      clearInterval(heartbeat);
      this.#open.delete(stream);
    });
    stream.on("drain", () => {
      const text = latest;
      latest = undefined;
      if (text !== undefined) stream.write(text);
      if (isEnding) stream.end();
    });
    void reply
      .header("content-type", "text/event-stream; charset=utf-8")
      .header("cache-control", "no-cache, no-transform")
      .header("x-accel-buffering", "no") // a proxy before the server must not collect events
      .send(stream);
    stream.write(": connected\n\n"); // sends the headers
    return {
      sendLatest(event) {
        if (stream.writableNeedDrain) latest = written(event);
        else if (!stream.writableEnded) stream.write(written(event));
      },
      send(event) {
        if (stream.writableEnded || stream.writableLength > MOST_WAITING) return false;
        stream.write(written(event));
        return true;
      },
      end() {
        if (latest === undefined) stream.end();
        else isEnding = true;
      },
      onClose(action) {
        stream.once("close", action);
      },
    };
  }

  /** Ends all. */
  close(): void {
    for (const stream of this.#open) stream.end();
  }
}

function written({ event, data, id }: OutgoingEvent): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`;
}
