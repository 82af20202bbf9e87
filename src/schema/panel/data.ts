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

/** `GET /panel/api/data`. `PUT /panel/api/data/files/:name` streams a file in; `DELETE` removes it. */
export const RawData = z.strictObject({
  files: z.array(RawFile),
  /** Folder or prefix that the files lie under. */
  folder: z.string(),
  /** The last check or collection, its `report.json`. */
  report: z.record(z.string(), z.unknown()).nullable(),
  reportOf: z.string().nullable(),
});
export type RawData = z.infer<typeof RawData>;

/** `POST /panel/api/data/import`: copies the raw files of a folder on the server's machine. */
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
