import { quoted, type Fault } from '../errors.js'
import type { LabelSet, Policy, Probe } from '../types/definitions.js'
import { FAILURE_PROBE } from '../types/failure-probe.js'
import { asksNothing, sameAttributes, type Limit } from '../types/policy.js'
import type { Located } from './locate.js'
import { didYouMean, oneOf } from './words.js'
import { readYaml, type YamlDocument } from './yaml-file.js'
import { fieldOf, placeOf, receivedAt } from './yaml-place.js'

type Asked = { readonly probes: readonly Probe[]; readonly labelSets: readonly LabelSet[] }

/** Names in the limits of a policy that nothing of the plan has: a limit that looks at a mistyped probe, label set or attribute would look
 *  at nothing there, and what it does look at would pass for the whole. */
export function unknownNames(policy: Policy, asked: Asked, located: Located): Fault[] {
  if (policy.limits.length === 0) return []
  const document = readYaml(located.file, located.shown)
  return policy.limits.flatMap((limit, index) => [
    ...unknownIds(limit, index, asked, document),
    ...unknownGroupings(limit, index, asked, document),
  ])
}

/** `file:line` of each limit's groupings, or of the limit; for what is known only once the dataset is read. */
export function placesOfLimits({ limits }: Policy, { file, shown }: Located): string[] {
  if (limits.length === 0) return []
  const document = readYaml(file, shown)
  return limits.map((_, index) => placeOf(document, ['limits', index, 'groupBy']))
}

function unknownIds(limit: Limit, index: number, { probes, labelSets }: Asked, document: YamlDocument): Fault[] {
  const known = {
    probes: [...probes.map(({ id }) => id), FAILURE_PROBE],
    labelSets: labelSets.map(({ id }) => id),
  }
  return (['probes', 'labelSets'] as const).flatMap((part) =>
    (limit[part] ?? []).flatMap((id, place) => {
      if (known[part].includes(id)) return []
      const path = ['limits', index, part, place] as const
      return {
        at: placeOf(document, path),
        field: fieldOf(path),
        expected: `a ${WORDS[part]} of this plan (${oneOf(known[part])})`,
        received: receivedAt(document, path),
        hint: didYouMean(id, known[part]) ?? TAKE_OUT,
      }
    }),
  )
}

/** Failures are grouped by every attribute that the dataset has, so a limit on them is looked at once it is read. */
function unknownGroupings(limit: Limit, index: number, { probes }: Asked, document: YamlDocument): Fault[] {
  const { groupBy = [], probes: named } = limit
  if (asksNothing(limit) || named?.includes(FAILURE_PROBE)) return []
  const grouping = probes.filter(({ id }) => named?.includes(id) ?? true).flatMap((probe) => probe.groupBy)
  const attributes = [...new Set(grouping.flat())]
  if (attributes.length === 0) return [] // an unknown probe is said already
  const made = new Set(grouping.map(asKey))
  return groupBy.flatMap((attributesOfOne, place): Fault[] => {
    const mistyped = attributesOfOne.flatMap((attribute, step) => {
      if (attributes.includes(attribute)) return []
      const path = ['limits', index, 'groupBy', place, step] as const
      return {
        at: placeOf(document, path),
        field: fieldOf(path),
        expected: `an attribute that the probes of this plan group by (${oneOf(attributes)})`,
        received: receivedAt(document, path),
        hint: didYouMean(attribute, attributes) ?? TAKE_OUT,
      }
    })
    const isMade = groupBy.some((one) => sameAttributes(one, attributesOfOne) && made.has(asKey(one)))
    if (mistyped.length > 0 || isMade) return mistyped
    const path = ['limits', index, 'groupBy', place] as const
    return [
      {
        at: placeOf(document, path),
        field: fieldOf(path),
        expected: `a grouping of the probes of this plan (${[...new Set(grouping.map(crossed))].join('; ')})`,
        received: quoted(crossed(attributesOfOne)),
        hint: 'Write one of them, or take it out of the limit.',
      },
    ]
  })
}

const asKey = (groupBy: readonly string[]): string => JSON.stringify(groupBy)
const crossed = (groupBy: readonly string[]): string => groupBy.join(' x ')

const TAKE_OUT = 'Add it to the plan, or take it out of the limit.'
const WORDS = { probes: 'probe', labelSets: 'label set' } as const
