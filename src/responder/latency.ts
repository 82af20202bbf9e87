import { Histogram, type Registry } from "prom-client";

/** What requests are counted by. */
export interface RequestLabels {
  readonly route: string;
  readonly method: string;
  readonly status: number;
}

/** The histogram of request times. */
export interface Latency {
  readonly record: (labels: RequestLabels, seconds: number) => void;
}

/** Times kept of one kind of request until the histogram takes them in. */
const MOST_PENDING = 10_000;

/**
 * Collects request times for Prometheus.
 *
 * The histogram looks its labels up by building a text of them for every value, microseconds on every
 * answer; so times are kept by kind and handed over when somebody asks for the metrics.
 */
export function latencyHistogram(registers: Registry[]): Latency {
  const pending = new Map<string, { readonly labels: RequestLabels; readonly seconds: number[] }>();
  const flush = (): void => {
    for (const { labels, seconds } of pending.values()) {
      for (const value of seconds) histogram.observe({ ...labels }, value);
      seconds.length = 0;
    }
  };
  const histogram: Histogram<keyof RequestLabels> = new Histogram({
    name: "recsys_http_request_duration_seconds",
    help: "Time from a request's arrival to its answer's last byte; its count is that of requests",
    labelNames: ["route", "method", "status"],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
    collect: flush,
  });
  return {
    record(labels, seconds) {
      const kind = `${labels.route} ${labels.method} ${labels.status}`;
      let kept = pending.get(kind);
      if (kept === undefined) {
        kept = { labels, seconds: [] };
        pending.set(kind, kept);
      }
      kept.seconds.push(seconds);
      if (kept.seconds.length >= MOST_PENDING) flush();
    },
  };
}
