/** An element with its attributes in order, and what it holds. */
export type XmlElement = {
  readonly name: string
  readonly attributes: readonly (readonly [name: string, value: string])[]
  readonly children: readonly (XmlElement | string)[]
}

/** An XML 1.0 document in UTF-8. Characters that XML cannot hold, even as codes, are left out; names of elements and attributes
 *  are ours and are not checked. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}\n`
}

function written({ name, attributes, children }: XmlElement, indent: string): string {
  const opening = `${name}${attributes.map(([key, value]) => ` ${key}="${attributeText(value)}"`).join('')}`
  if (children.length === 0) return `${indent}<${opening}/>`
  // text is written without a line of its own: space beside it would belong to it
  if (children.every((child) => typeof child === 'string')) {
    return `${indent}<${opening}>${children.map(elementText).join('')}</${name}>`
  }
  const inner = children.map((child) =>
    typeof child === 'string' ? elementText(child) : written(child, `${indent}  `),
  )
  return `${indent}<${opening}>\n${inner.join('\n')}\n${indent}</${name}>`
}

function elementText(text: string): string {
  // ">" too, so that no "]]>" is left; a bare carriage return would be read as a line end
  return legal(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#13;')
}

/** Line ends and tabs as codes: a reader turns bare ones into spaces. */
function attributeText(text: string): string {
  return elementText(text).replace(/"/g, '&quot;').replace(/\t/g, '&#9;').replace(/\n/g, '&#10;')
}

/** XML 1.0, production 2: what may stand in a document. With the flag u, half a pair counts as a character of its own. */
function legal(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
}
