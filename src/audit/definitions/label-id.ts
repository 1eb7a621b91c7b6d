const ARTICLE = /^(a|an|the)\s+/i

/** A short name for a label, made from its text: letters and digits of any script, joined by hyphens, the English article left out.
 *  A number is added where the name is taken.
 *  @example labelId('a suspicious person', [])  // 'suspicious-person' */
export function labelId(text: string, taken: readonly string[]): string {
  const words = text.normalize('NFC').trim().replace(ARTICLE, '').toLowerCase()
  const name = words.replace(/[^\p{L}\p{M}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'label'
  const isTaken = (id: string): boolean => taken.some((other) => other.toLowerCase() === id)
  let id = name
  for (let number = 2; isTaken(id); number++) id = `${name}-${number}`
  return id
}
