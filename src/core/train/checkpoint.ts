import {
  type Bucket,
  decodeSafetensors,
  encodeSafetensors,
  ObjectNotFoundError,
  type Tensors,
  vector,
} from "../../storage/index.ts";
import { type Parameters, tablesOf } from "../model/parameters.ts";

/** Where fits leave their state after each epoch, to go on from after a kill. */
export interface Checkpoints {
  save(name: string, state: object, tensors: Tensors): Promise<void>;
  /** `undefined` if there is none of this name. */
  load(name: string): Promise<{ state: unknown; tensors: Tensors } | undefined>;
}

const STATE = "state";

/** Checkpoints as one object each in a folder of the bucket: whole or absent, never torn. */
export function bucketCheckpoints(bucket: Bucket, folder: string): Checkpoints {
  const path = (name: string): string => `${folder}/${name}.safetensors`;
  return {
    async save(name, state, tensors) {
      const json = vector(new TextEncoder().encode(JSON.stringify(state)));
      const writer = await bucket.create(path(name));
      for (const piece of encodeSafetensors({ ...tensors, [STATE]: json }))
        await writer.write(piece);
      await writer.close();
    },
    async load(name) {
      try {
        const { [STATE]: json, ...tensors } = decodeSafetensors(await bucket.read(path(name)));
        return { state: JSON.parse(new TextDecoder().decode(json!.values)), tensors };
      } catch (error) {
        if (error instanceof ObjectNotFoundError) return undefined;
        throw error;
      }
    },
  };
}

/** No checkpoints: for fits that are cheaper to run again. */
export const noCheckpoints: Checkpoints = {
  save: () => Promise.resolve(),
  load: () => Promise.resolve(undefined),
};

/** A copy of the parameters and of Adam's state, under `prefix`. */
export function snapshot(parameters: Parameters, prefix: string): Tensors {
  const tensors: Record<string, Tensors[string]> = {};
  for (const [name, { values, m, v, steps }] of tablesOf(parameters)) {
    const shape = [values.rows, values.columns];
    for (const [part, matrix] of Object.entries({ values, m, v })) {
      tensors[`${prefix}${name}.${part}`] = { shape, values: matrix.values.slice() };
    }
    tensors[`${prefix}${name}.steps`] = vector(steps.slice());
  }
  return tensors;
}

/** Puts a {@link snapshot} back. */
export function restore(parameters: Parameters, tensors: Tensors, prefix: string): void {
  for (const [name, { values, m, v, steps }] of tablesOf(parameters)) {
    for (const [part, matrix] of Object.entries({ values, m, v })) {
      matrix.values.set(tensors[`${prefix}${name}.${part}`]!.values);
    }
    steps.set(tensors[`${prefix}${name}.steps`]!.values);
  }
}
