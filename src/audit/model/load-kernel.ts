/** The part of WebAssembly that is used; its types come with browsers' libraries, which Node code does not load. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: Readonly<Record<string, unknown>> }
}

/** What every kernel has besides its functions. */
export type WithMemory = {
  readonly memory: { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number }
}

const PAGE_BYTES = 65_536

/** Loops in WebAssembly, compiled anew; `code` in base64. It must export what `Kernel` says: the text it was compiled from does. */
export function loadKernel<Kernel extends WithMemory>(code: string): Kernel {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(code, 'base64')))
  return exports as Kernel
}

/** The memory of a kernel, with room for so many bytes; an earlier one of it is empty where it had to grow. */
export function memoryOf({ memory }: WithMemory, bytes: number): ArrayBuffer {
  const missing = bytes - memory.buffer.byteLength
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES))
  return memory.buffer
}
