import { runningExecutions } from "../../../recipe/index.ts";
import { DataReportQuery, FolderImport, RAW_FOLDER, type RawData } from "../../../schema/index.ts";
import { placeWithin } from "../../../storage/index.ts";
import { readDraft } from "../configuration/index.ts";
import { type AddRoutes, PanelError } from "../context.ts";
import { parseBody, parseQuery } from "../parsed.ts";
import { Checker } from "./checker.ts";
import { addDescriptionRoutes } from "./description-routes.ts";
import { addFileRoutes } from "./file-routes.ts";
import { importFolder } from "./import-folder.ts";
import { listRawFiles } from "./raw-files.ts";
import { openQuarantine, readReport } from "./reports.ts";

/** Raw data: upload, preview, describe, check. */
export const addDataRoutes: AddRoutes = (app, panel) => {
  const { bucket } = panel;
  const checker = new Checker(panel);
  app.addHook("onClose", () => checker.stop());

  const maxUploadBytes = async (): Promise<number> =>
    (await readDraft(panel)).config.collector.maxUploadMiB * 2 ** 20;

  /** Why the files may not be changed now. */
  const lock = async (): Promise<string | null> => {
    const running = await runningExecutions(bucket);
    const collector = running.find(({ workflow }) => workflow === "collector");
    return collector === undefined
      ? null
      : `the collector execution "${collector.name}" is reading the raw files; wait for its end`;
  };

  const requireUnlocked = async (): Promise<void> => {
    const reason = await lock();
    if (reason !== null) throw new PanelError(409, "conflict", reason);
  };

  const rawData = async (): Promise<RawData> => {
    const report = await readReport(bucket, checker, undefined);
    return {
      files: await listRawFiles(bucket),
      folder: placeWithin(bucket.url, panel.base.config.bucketPrefix, RAW_FOLDER),
      maxUploadBytes: await maxUploadBytes(),
      locked: await lock(),
      check: checker.check,
      report: report?.report ?? null,
      reportOf: report?.of ?? null,
    };
  };

  app.get("/panel/api/data", { config: { access: "viewer" } }, rawData);
  addFileRoutes(app, panel, { requireUnlocked, maxUploadBytes, rawData });
  addDescriptionRoutes(app, panel, requireUnlocked);

  app.post("/panel/api/data/import", { config: { access: "operator" } }, async (request) => {
    const { folder } = parseBody(FolderImport, request);
    await requireUnlocked();
    const names = await importFolder(bucket, folder, await maxUploadBytes(), requireUnlocked);
    panel.audit(request, "import folder", folder, names.join(", "));
    return rawData();
  });

  app.get("/panel/api/data/check", { config: { access: "viewer" } }, () => checker.check);

  app.post("/panel/api/data/check", { config: { access: "operator" } }, async (request, reply) => {
    const { config } = await readDraft(panel);
    checker.start(config);
    panel.audit(request, "check data", RAW_FOLDER);
    return reply.status(202).send(checker.check);
  });

  app.get("/panel/api/data/report", { config: { access: "viewer" } }, async (request) => {
    const { of } = parseQuery(DataReportQuery, request);
    return (await readReport(bucket, checker, of)) ?? notYet();
  });

  app.get(
    "/panel/api/data/quarantine.csv",
    { config: { access: "viewer" } },
    async (request, reply) => {
      const { of } = parseQuery(DataReportQuery, request);
      const quarantine = (await openQuarantine(bucket, checker, of)) ?? notYet();
      return reply
        .header("content-type", "text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="quarantine-${quarantine.of}.csv"`)
        .send(quarantine.stream);
    },
  );
};

function notYet(): never {
  throw new PanelError(
    404,
    "not_found",
    "there is no such report: check the files, or execute the collector",
  );
}
