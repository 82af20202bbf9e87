/** The part of WebAssembly's JavaScript interface that the kernels use; Node's own types leave it out. */
interface WebAssemblyInterface {
  readonly Module: {
    new (bytes: Uint8Array): WasmModule;
    exports(module: WasmModule): readonly { readonly name: string; readonly kind: string }[];
  };
  readonly Instance: new (
    module: WasmModule,
    imports: { readonly env: { readonly memory: WasmMemory } },
  ) => { readonly exports: Readonly<Record<string, (...values: number[]) => number>> };
  readonly Memory: new (descriptor: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }) => WasmMemory;
  readonly RuntimeError: new () => Error;
}

/** A compiled module; it may be sent to a worker. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: "WebAssembly.Module";
}

/** A shared memory; it may be sent to a worker. */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

export const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: WebAssemblyInterface;
};
