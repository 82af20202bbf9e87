import type { ReadableBucket } from "../bucket.ts";
import type { Location } from "./location.ts";
import { collected, NotModifiedError, readObject, unlessChanged } from "./object-bytes.ts";

/** A pointer is smaller by far; what is larger is read once and not worth the memory. */
const SMALL_BYTES = 4096;
const MOST_REMEMBERED = 16;

/**
 * Reads whole objects; a small one that was read before is sent again only where it has changed, so that looking at a
 * pointer costs next to nothing.
 */
export function rememberedReads(location: Location): ReadableBucket["read"] {
  const remembered = new Map<string, { readonly etag: string; readonly bytes: Uint8Array }>();
  return (path) =>
    unlessChanged(async () => {
      const before = remembered.get(path);
      try {
        const object = await readObject(location, path, { known: before?.etag });
        const bytes = await collected(object);
        remembered.delete(path);
        if (object.etag !== undefined && bytes.length <= SMALL_BYTES) {
          if (remembered.size === MOST_REMEMBERED) remembered.clear();
          remembered.set(path, { etag: object.etag, bytes });
        }
        return bytes;
      } catch (error) {
        if (error instanceof NotModifiedError && before !== undefined) return before.bytes;
        throw error;
      }
    });
}
