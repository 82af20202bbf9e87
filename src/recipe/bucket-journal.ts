import type { Bucket } from "../storage/index.ts";
import { decodeJournal, encodeEvent, type Journal } from "../workflow/index.ts";
import { readText } from "./execution-record.ts";

/**
 * A journal as one object of the bucket. Objects cannot be appended to, so each event writes it anew:
 * a few hundred lines, never half-written. Events that come while it is being written share the next
 * write.
 */
export function bucketJournal(bucket: Bucket, path: string): Journal {
  let text = "";
  let running = Promise.resolve();
  let waiting: Promise<void> | undefined;
  return {
    async readAll() {
      const events = decodeJournal((await readText(bucket, path)) ?? "");
      text = events.map(encodeEvent).join("");
      return events;
    },
    append(event) {
      text += encodeEvent(event);
      waiting ??= running.then(() => {
        waiting = undefined;
        return bucket.write(path, text);
      });
      running = waiting;
      return waiting;
    },
  };
}
