/** Whether a name is that of an image that is decoded: JPEG, PNG or WebP. */
export function isImageName(name: string): boolean {
  return /\.(jpe?g|png|webp)$/i.test(name)
}
