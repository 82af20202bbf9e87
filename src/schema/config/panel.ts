import { z } from "zod";

/** The admin panel and the dashboard: who may stay how long, and where they are. */
export const PanelConfig = z.strictObject({
  /** Minutes without a request after which a login ends. */
  sessionIdleMinutes: z.int().min(1).max(10_080).default(480),
  /** Hours after which a login ends, however busy it is. */
  sessionHours: z.int().min(1).max(8_760).default(168),
  /** Port on which the dashboard alone answers (A26); 0 picks a free one. */
  dashboardPort: z.int().min(0).max(65_535).optional(),
  /** Where people reach the panel when a reverse proxy stands before it: "https://recsys.example.com". */
  publicUrl: z
    .string()
    .regex(
      /^https?:\/\/[^/\s]+$/,
      "a URL of scheme and host alone, such as https://recsys.example.com",
    )
    .optional(),
  /** Addresses (or networks such as 10.0.0.0/8) of proxies whose X-Forwarded-For is believed. */
  trustedProxies: z
    .array(z.string().regex(/^[0-9A-Fa-f.:]+(\/\d{1,3})?$/, "an IP address or a network"))
    .default([]),
  tls: z.enum(["off", "self-signed", "files"]).default("off"),
  /** With `tls: "files"`: the certificate with its chain, and its key, in PEM. */
  tlsCert: z.string().min(1).optional(),
  tlsKey: z.string().min(1).optional(),
});
export type PanelConfig = z.infer<typeof PanelConfig>;
