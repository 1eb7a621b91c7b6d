/** The place in a template where the label's text goes. */
export const LABEL_PLACE = '{label}'

/** The prompt that a template and a label's text make, word for word.
 *  The text is put in by a function, so that `$&` or `{}` in a label stays what it is.
 *  @example fillPrompt('a photo of {label}', 'a gorilla')  // 'a photo of a gorilla' */
export function fillPrompt(template: string, text: string): string {
  return template.replace(LABEL_PLACE, () => text)
}
