/** The part of WebAssembly that is used; its types come with browsers' libraries, which Node code does not load. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: Readonly<Record<string, unknown>> }
}

/** What every kernel has besides its functions. */
export type WithMemory = {
  readonly memory: { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number }
}

export const PAGE_BYTES = 65_536

/** Loops in WebAssembly, compiled anew; `code` in base64. It must export what `Kernel` says: the text it was compiled from does. */
export function loadKernel<Kernel extends WithMemory>(code: string): Kernel {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(code, 'base64')))
  return exports as Kernel
}
