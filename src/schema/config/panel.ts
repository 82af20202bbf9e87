import { z } from "zod";

/** The admin panel and the dashboard: who may stay how long, and where they are. */
export const PanelConfig = z.strictObject({
  sessionIdleMinutes: z.int().min(1).max(10_080).default(480).meta({
    title: "Idle minutes",
    description: "Minutes without a request after which a login ends.",
  }),
  sessionHours: z.int().min(1).max(8_760).default(168).meta({
    title: "Hours of a login",
    description: "Hours after which a login ends, however busy it is.",
  }),
  /** (A26) */
  dashboardPort: z.int().min(0).max(65_535).optional().meta({
    title: "Dashboard port",
    description: "Port on which the dashboard alone answers; 0 picks a free one.",
  }),
  publicUrl: z
    .string()
    .regex(
      /^https?:\/\/[^/\s]+$/,
      "a URL of scheme and host alone, such as https://recsys.example.com",
    )
    .optional()
    .meta({
      title: "Public URL",
      description:
        "Where people reach the panel when a reverse proxy stands before it, such as https://recsys.example.com.",
    }),
  trustedProxies: z
    .array(z.string().regex(/^[0-9A-Fa-f.:]+(\/\d{1,3})?$/, "an IP address or a network"))
    .default([])
    .meta({
      title: "Trusted proxies",
      description:
        "Addresses, or networks such as 10.0.0.0/8, of proxies whose X-Forwarded-For is believed.",
    }),
  tls: z.enum(["off", "self-signed", "files"]).default("off").meta({
    title: "TLS",
    description: "Is the panel served over TLS, and with which certificate?",
  }),
  tlsCert: z.string().min(1).optional().meta({
    title: "Certificate",
    description: "With TLS from files: the certificate with its chain, in PEM.",
  }),
  tlsKey: z.string().min(1).optional().meta({
    title: "Key",
    description: "With TLS from files: the certificate's key, in PEM.",
  }),
});
export type PanelConfig = z.infer<typeof PanelConfig>;
