/** Why one image cannot be used; codes of `docs/bad-inputs.md`. A bad image is data, not an exception. */
export type ImageFaultCode =
  | 'image.truncated'
  | 'image.empty'
  | 'image.missing'
  | 'box.outside'
  | 'box.small'
  | 'image.format'
  | 'image.corrupt'
  | 'image.format-blocked'
  | 'image.pixel-limit'
  | 'image.scan-limit'
  | 'image.too-small'
  | 'image.aspect'
  | 'file.too-large'
  | 'file.missing'
  | 'file.not-regular'
  | 'file.symlink-loop'
  | 'file.unreadable'
  | 'file.io'
  | 'file.changed'
  | 'path.invalid'
  | 'decoder.crash'
  | 'decoder.timeout'
  | 'embed.crash'
  | 'embed.timeout'

export type ImageFault = { readonly kind: 'fault'; readonly code: ImageFaultCode; readonly reason: string }

/** A fault with its reason: one plain sentence without the path. */
export function imageFault(code: ImageFaultCode, reason: string): ImageFault {
  return { kind: 'fault', code, reason }
}
