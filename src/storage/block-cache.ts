/** Blocks of the objects that are read, the latest used ones, up to so many bytes. */
export interface BlockCache {
  /** A block by its key: from memory, or read; who asks while it is being read waits for the same read. */
  get(key: string, read: () => Promise<Uint8Array>): Promise<Uint8Array>;
  /** Lets go of all blocks whose key starts so. */
  drop(start: string): void;
  /** Bytes held now, what is being read included. */
  readonly bytes: number;
}

/**
 * A cache for blocks of one size.
 *
 * @param mostBytes - what it holds at most, but one block at least
 * @param blockBytes - what a block counts as, even where it is an object's shorter last one
 */
export function createBlockCache(mostBytes: number, blockBytes: number): BlockCache {
  const mostBlocks = Math.max(1, Math.floor(mostBytes / blockBytes));
  // A map keeps the order in which keys came: the first is the one that was not used for longest.
  const blocks = new Map<string, Promise<Uint8Array>>();
  return {
    get(key, read) {
      const known = blocks.get(key);
      if (known !== undefined) {
        blocks.delete(key);
        blocks.set(key, known);
        return known;
      }
      const block = read();
      block.catch(() => {
        // Another may stand in its place by now.
        if (blocks.get(key) === block) blocks.delete(key);
      });
      if (blocks.size === mostBlocks) {
        const [oldest] = blocks.keys();
        blocks.delete(oldest!);
      }
      blocks.set(key, block);
      return block;
    },
    drop(start) {
      for (const key of blocks.keys()) if (key.startsWith(start)) blocks.delete(key);
    },
    get bytes() {
      return blocks.size * blockBytes;
    },
  };
}
