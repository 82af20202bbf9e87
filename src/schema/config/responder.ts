import { z } from "zod";

/** The REST API. */
export const ResponderConfig = z.strictObject({
  host: z.string().min(1).default("127.0.0.1"),
  port: z.int().min(0).max(65_535).default(8080),
  /** Most ids in one request (A12). */
  maxIds: z.int().positive().default(100),
  /** May `k`, `novel_only` and `return_attributes` be left out (10, 0, 0)? (A13) */
  lenient: z.boolean().default(false),
  /** What an unknown user gets: the model's cold list, popular items, or nothing (A14). */
  coldUser: z.enum(["model", "popular", "empty"]).default("model"),
  /**
   * Must `/recommend/*` be asked with a key in `X-API-Key`? Only each key's SHA-256 stands here, in
   * hexadecimal. The keys that the panel has made are in the bucket and count as well; as long as there is
   * no key anywhere, a required one refuses every request.
   */
  apiKeys: z
    .strictObject({
      mode: z.enum(["off", "required"]).default("off"),
      sha256: z
        .array(z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 as 64 lower-case hexadecimal digits"))
        .default([]),
    })
    .prefault({}),
  /** Seconds between looks at the serving pointer. */
  refreshSeconds: z.number().positive().default(2),
});
export type ResponderConfig = z.infer<typeof ResponderConfig>;
