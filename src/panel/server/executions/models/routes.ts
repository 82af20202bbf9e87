import type { FastifyInstance } from "fastify";
import { z } from "zod";

import type { ModelSummary } from "../../../../schema/index.ts";
import { artefactFolder, type Bucket } from "../../../../storage/index.ts";
import { PanelError } from "../../context.ts";
import type { ExecutionIndex } from "../execution-index.ts";

/** The report has its style in itself and neither script nor picture; nothing it names is loaded. */
const REPORT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'self'";

const Named = z.object({ execution: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/) });

/** `GET /panel/api/models`, and each model's report. */
export function addModelRoutes(app: FastifyInstance, bucket: Bucket, index: ExecutionIndex): void {
  const viewer = { config: { access: "viewer" } } as const;

  app.get("/panel/api/models", viewer, async (): Promise<readonly ModelSummary[]> => {
    const reports = new Set(await bucket.folders("evaluation"));
    const models = await index.evaluated(["core"]);
    return models.flatMap(({ summary, evaluation }) =>
      evaluation === undefined
        ? []
        : [
            {
              execution: summary,
              metrics: evaluation.metrics,
              bestBaseline: evaluation.bestBaseline,
              gate: {
                metric: evaluation.gate.metric,
                selected: evaluation.gate.selected,
                reasons: evaluation.gate.reasons,
                threshold: evaluation.threshold,
              },
              promotion: evaluation.promotion,
              calibration: evaluation.calibration,
              dataCreatedAt: evaluation.dataCreatedAt,
              hasReport: reports.has(summary.name),
            },
          ],
    );
  });

  app.get("/panel/api/models/:execution/report", viewer, async (request, reply) => {
    const named = Named.safeParse(request.params);
    const path = named.success
      ? `${artefactFolder("evaluation", named.data.execution)}/report.html`
      : undefined;
    const head = path === undefined ? undefined : await bucket.head(path);
    if (path === undefined || head === undefined) {
      throw new PanelError(
        404,
        "not_found",
        "there is no report of this execution any more, or not yet",
      );
    }
    return reply
      .header("content-type", "text/html; charset=utf-8")
      .header("content-length", head.bytes)
      .header("content-security-policy", REPORT_POLICY)
      .header("x-frame-options", "SAMEORIGIN")
      .send(await bucket.stream(path));
  });
}
