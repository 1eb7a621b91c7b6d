import { quoted, type Fault } from '../errors.js'
import type { Ablate } from '../types/definitions.js'
import { NEUTRAL_TEXTS } from './plan-ablations.js'
import type { PlanSettings } from './plan-settings.js'
import { folded } from './words.js'

/** Whether labels are taken out and added, and which neutral ones: those named, which ask for it by themselves, else the usual four.
 *  An empty text, and one named twice, become faults. */
export function planAblate({ ablate, alternatives }: PlanSettings, faults: Fault[]): Ablate | null {
  if (ablate?.value !== true && alternatives === undefined) return null
  const seen = new Set<string>()
  for (const { value, at, field } of alternatives ?? []) {
    const key = folded(value)
    const expected = key === '' ? 'the text of a label, such as "a person"' : 'each alternative once'
    if (key === '' || seen.has(key)) faults.push({ at, field, expected, received: quoted(value) })
    seen.add(key)
  }
  return { alternatives: alternatives?.map(({ value }) => value) ?? NEUTRAL_TEXTS }
}
