export { changeApiKeys, readApiKeys } from "./api-keys.ts";
export { artefactFolder, ArtefactWriter, publish, readManifest, readPointer } from "./artefact.ts";
export {
  type Bucket,
  ObjectChangedError,
  type ObjectInfo,
  ObjectNotFoundError,
  type ObjectReader,
  type ObjectWriter,
  type ReadableBucket,
} from "./bucket.ts";
export { folderBucket } from "./folder-bucket.ts";
export {
  absolutePlace,
  isS3Url,
  openBucket,
  openReadableBucket,
  placeWithin,
} from "./open-bucket.ts";
export {
  decodeSafetensors,
  encodeSafetensors,
  type Tensor,
  type Tensors,
  type TensorValues,
  vector,
} from "./safetensors.ts";
export { type Entities, entityTensors, readEntities } from "./recommendations/entities.ts";
export {
  createIndexWriter,
  encodeRows,
  type IndexLayout,
  type IndexReader,
  type IndexWriter,
  openIndex,
} from "./recommendations/index-file.ts";
export type { RankedList } from "./recommendations/index-list.ts";
export {
  type Popularity,
  popularityOf,
  popularityTensors,
  readPopularity,
} from "./recommendations/popularity.ts";
export {
  createLinesWriter,
  type IdColumn,
  type LineFormat,
  type LinesOptions,
  type LinesWriter,
  writePopularLines,
} from "./recommendations/recommendation-lines.ts";
export { csvField, type IdForm, renderIds } from "./recommendations/rendered-ids.ts";
export {
  openSeen,
  type SeenReader,
  type SeenSets,
  seenSetsOf,
  seenTensors,
} from "./recommendations/seen-sets.ts";
export {
  stringAt,
  type StringTable,
  stringTable,
  tableSize,
} from "./recommendations/string-table.ts";
export { TextBuffer, WORD_SLACK } from "./recommendations/text-buffer.ts";
export { openTensors, type TensorReader } from "./tensor-reader.ts";
export { createIdLookup, everyIdIsInteger } from "./recommendations/id-lookup.ts";
export { type EntityTexts } from "./recommendations/entity-texts.ts";
export {
  openServingFolder,
  type ServedEntities,
  type ServingFolder,
} from "./recommendations/serving-folder.ts";
