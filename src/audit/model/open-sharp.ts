import type { Sharp, SharpInput, SharpOptions } from 'sharp'

type SharpModule = {
  (input: SharpInput, options?: SharpOptions): Sharp
  readonly versions: { readonly vips: string }
}

let opening: Promise<SharpModule> | undefined // one native library per process, so one locking of its loaders

/**
 * Loads sharp on first use, with every decoder but JPEG, PNG and WebP blocked in the whole process.
 * libvips reads VIPS_BLOCK_UNTRUSTED when it starts, so the variable is set before the import.
 */
export function openSharp(): Promise<SharpModule> {
  opening ??= loadSharp()
  return opening
}

async function loadSharp(): Promise<SharpModule> {
  process.env['VIPS_BLOCK_UNTRUSTED'] ??= '1'
  const { default: sharp } = await import('sharp')
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] })
  sharp.cache(false) // every image is opened once
  sharp.concurrency(1) // threads inside one image: several are decoded at a time, and threads for small ones cost more than they give
  return sharp
}

/** Version of the image library, for the record of a run. */
export async function libvipsVersion(): Promise<string> {
  return (await openSharp()).versions.vips
}
