import type { Label } from '../types/definitions.js'

const PLAIN = /^(?:[\p{L}][\p{L}\p{N}_ -]*[\p{L}\p{N}]|[\p{L}]|\d+-\d+)$/u
const KEYWORDS = /^(true|false|null|yes|no|on|off|y|n)$/i

/** A name in YAML: as it is where nothing in it has a meaning to YAML, else in double quotes. */
export function yamlName(text: string): string {
  return PLAIN.test(text) && !KEYWORDS.test(text) ? text : yamlString(text)
}

/** A text in YAML, always in double quotes: nobody has to know which words YAML reads as something else. */
export function yamlString(text: string): string {
  return JSON.stringify(text)
}

/** One value as it is, several as a list. */
export function yamlNames(values: readonly string[]): string {
  return values.length === 1 ? yamlName(values[0]) : `[${values.map(yamlName).join(', ')}]`
}

/** A label on one line, as the shipped label sets write it. */
export function yamlLabel({ id, text, outcome, implies, aliases }: Label): string {
  const parts = [`id: ${yamlName(id)}`, `text: ${yamlString(text)}`, `outcome: ${yamlName(outcome)}`]
  if (implies.length > 0) parts.push(`implies: ${yamlImplies(implies)}`)
  if (aliases !== undefined) parts.push(`aliases: [${aliases.map(yamlString).join(', ')}]`)
  return `{ ${parts.join(', ')} }`
}

export function yamlImplies(implies: Label['implies']): string {
  return `{ ${implies.map(({ attribute, values }) => `${yamlName(attribute)}: ${yamlNames(values)}`).join(', ')} }`
}
