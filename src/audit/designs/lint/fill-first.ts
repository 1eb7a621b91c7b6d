/** A template with a label's text in it, for an example in a sentence. */
export function fillFirst(template: string, text: string): string {
  return template.replace('{label}', () => text)
}
