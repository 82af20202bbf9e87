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
  /** Seconds between looks at the serving pointer. */
  refreshSeconds: z.number().positive().default(2),
});
export type ResponderConfig = z.infer<typeof ResponderConfig>;
