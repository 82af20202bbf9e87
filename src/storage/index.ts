export { artefactFolder, ArtefactWriter, publish, readManifest, readPointer } from "./artefact.ts";
export {
  type Bucket,
  type ObjectInfo,
  ObjectNotFoundError,
  type ObjectReader,
  type ObjectWriter,
} from "./bucket.ts";
export { folderBucket } from "./folder-bucket.ts";
export {
  decodeSafetensors,
  encodeSafetensors,
  type Tensor,
  type Tensors,
  type TensorValues,
  vector,
} from "./safetensors.ts";
