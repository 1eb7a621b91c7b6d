import type { Group } from '../../types/groups.js'
import { ageGaps, sharedAges, type AgeBand } from './age-band.js'
import { agesOfValue, isAgeName, isGenderName } from './label-words.js'
import { genderOf } from './lexicon.js'
import type { Design } from './rule.js'
import { impliedValues } from './sides.js'

/** Whether a label could be the right one for a person of this group: it implies each value or is silent on it, and its words do not
 *  exclude it. A label that nothing shows to be about people fits nobody. An age band counts when the label fits a part of it. */
export function fitsGroup(design: Design, label: number, group: Group): boolean {
  if (design.words[label].ages === null) return false
  return group.every(([attribute, value]) => fitsValue(design, label, attribute, value))
}

function fitsValue(design: Design, label: number, attribute: string, value: string): boolean {
  const implied = impliedValues(design, label, attribute)
  if (implied.length > 0) return implied.includes(value)
  const { ages, gender } = design.words[label]
  if (isAgeName(attribute)) {
    const band = agesOfValue(value)
    return band === null || (ages ?? []).some((own) => sharedAges(own, band) !== null)
  }
  const named = isGenderName(attribute) ? genderOf(value) : null
  return named === null || gender === null || gender === named
}

/** The ages of an age band that none of the labels fits. */
export function agesWithoutLabel(design: Design, labels: readonly number[], band: AgeBand): readonly AgeBand[] {
  return ageGaps(
    band,
    labels.flatMap((label) => design.words[label].ages ?? []),
  )
}
