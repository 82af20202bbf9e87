import { z } from "zod";

/** A raw file as it stands in `raw_data/`. */
export const RawFile = z.strictObject({
  /** One of the names of the raw files, `.gz` included when it is packed. */
  name: z.string(),
  /** Its role: the name without `.gz`. */
  role: z.string(),
  bytes: z.int(),
  required: z.boolean(),
  present: z.boolean(),
  what: z.string(),
});
export type RawFile = z.infer<typeof RawFile>;

/** `GET /panel/api/data/check`; `POST` begins one. Polled until it is no longer running. */
export const DataCheck = z.strictObject({
  /** `failed`: the collector would refuse these files. */
  state: z.enum(["none", "running", "succeeded", "failed"]),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  progress: z
    .strictObject({
      activity: z.string(),
      done: z.number().nullable(),
      total: z.number().nullable(),
      unit: z.string().nullable(),
    })
    .nullable(),
  /** Why the files cannot be used, a line for each reason. */
  problem: z.string().nullable(),
});
export type DataCheck = z.infer<typeof DataCheck>;

/**
 * `GET /panel/api/data`. `PUT /panel/api/data/files/:name` streams a file in (the body as it is; its SHA-256 may
 * stand in `X-Content-SHA256`, in hexadecimal); `DELETE` removes it. Both answer this.
 */
export const RawData = z.strictObject({
  files: z.array(RawFile),
  /** Folder or prefix that the files lie under. */
  folder: z.string(),
  /** Largest file that may be uploaded. */
  maxUploadBytes: z.int(),
  /** Why no file can be changed now: a collector execution reads them. */
  locked: z.string().nullable(),
  check: DataCheck,
  /** The last check or collection, its `report.json`, as `GET /panel/api/data/report`. */
  report: z.record(z.string(), z.unknown()).nullable(),
  /** "check", or the collector execution's name. */
  reportOf: z.string().nullable(),
});
export type RawData = z.infer<typeof RawData>;

/** `GET /panel/api/data/report`; `GET /panel/api/data/quarantine.csv` is its rows set aside. Both take `of`. */
export const DataReportQuery = z.strictObject({ of: z.string().optional() });
export const DataReport = z.strictObject({
  of: z.string(),
  report: z.record(z.string(), z.unknown()),
});
export type DataReport = z.infer<typeof DataReport>;

/** `POST /panel/api/data/import`: copies the raw files of a folder on the server's machine, and answers `RawData`. */
export const FolderImport = z.strictObject({ folder: z.string().min(1) });

/** `GET /panel/api/data/files/:name/preview`: the first rows, and what each column looks like. */
export const FilePreview = z.strictObject({
  hasHeader: z.boolean(),
  columns: z.array(
    z.strictObject({
      name: z.string(),
      type: z.string(),
      /** Cells of the preview that are empty. */
      empty: z.int(),
      examples: z.array(z.string()),
    }),
  ),
  rows: z.array(z.array(z.string())),
});
export type FilePreview = z.infer<typeof FilePreview>;

/** `GET|PUT /panel/api/data/description/:side` with side `items` or `users`: columns in the file's order. */
export const FeatureDescription = z.strictObject({
  columns: z.array(
    z.strictObject({
      name: z.string().min(1),
      type: z.enum(["ID", "int", "double", "string", "set"]),
    }),
  ),
});
export type FeatureDescription = z.infer<typeof FeatureDescription>;
export const DescriptionAnswer = FeatureDescription.extend({
  /** Was it proposed from the CSV, or is it the file's? */
  origin: z.enum(["proposed", "file"]),
});
export type DescriptionAnswer = z.infer<typeof DescriptionAnswer>;
