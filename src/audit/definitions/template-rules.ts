import { LABEL_PLACE } from './fill-prompt.js'
import type { RuleFaults } from './rule-faults.js'
import type { Path } from './yaml-place.js'

/** A template holds the place of the label once, and nothing that looks like another place. Notes a fault and answers false otherwise. */
export function checkTemplate(template: string, path: Path, faults: RuleFaults): boolean {
  const rest = template.split(LABEL_PLACE)
  const isSound = rest.length === 2 && !rest.some((part) => /[{}]/.test(part))
  if (!isSound) faults.add(path, `a sentence with exactly one ${LABEL_PLACE} and no other braces`)
  return isSound
}
