import { z } from "zod";

/** The REST API. */
export const ResponderConfig = z.strictObject({
  host: z.string().min(1).default("127.0.0.1").meta({
    title: "Address",
    description: "Address to listen on.",
  }),
  port: z.int().min(0).max(65_535).default(8080).meta({
    title: "Port",
    description: "Port to listen on; 0 picks a free one.",
  }),
  /** (A12) */
  maxIds: z.int().positive().default(100).meta({
    title: "Ids in a request",
    description: "Ids in one request at most.",
  }),
  /** (A13) */
  lenient: z.boolean().default(false).meta({
    title: "Lenient",
    description: "May `k`, `novel_only` and `return_attributes` be left out (10, 0, 0)?",
  }),
  /** (A14) */
  coldUser: z.enum(["model", "popular", "empty"]).default("model").meta({
    title: "Unknown users",
    description:
      "What an unknown user gets: the model's list for newcomers, popular items, or nothing.",
  }),
  /**
   * The keys that the panel has made are in the bucket and count as well; as long as there is no key
   * anywhere, a required one refuses every request.
   */
  apiKeys: z
    .strictObject({
      mode: z.enum(["off", "required"]).optional().meta({
        title: "API keys",
        description:
          "Must `/recommend/*` be asked with a key in `X-API-Key`? Where it is not set, no on one machine and yes in AWS.",
      }),
      sha256: z
        .array(z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 as 64 lower-case hexadecimal digits"))
        .default([])
        .meta({
          title: "SHA-256 of the keys",
          description: "SHA-256 of each key that is accepted.",
        }),
    })
    .prefault({}),
  refreshSeconds: z.number().positive().default(2).meta({
    title: "Refresh (seconds)",
    description: "Time between looks for newer recommendations.",
  }),
});
export type ResponderConfig = z.infer<typeof ResponderConfig>;
