import type { Fault } from '../errors.js'
import type { LabelSet, Policy, Probe } from '../types/definitions.js'
import type { Located } from './locate.js'
import { didYouMean, oneOf } from './words.js'
import { readYaml } from './yaml-file.js'
import { fieldOf, placeOf, receivedAt } from './yaml-place.js'

/** The question that every run asks of itself; a limit may name it. */
const FAILURE_PROBE = 'failure-to-process'

/** Names in the limits of a policy that nothing of the plan has: a limit that looks at a mistyped probe or label set would look at nothing. */
export function unknownNames(
  policy: Policy,
  { probes, labelSets }: { readonly probes: readonly Probe[]; readonly labelSets: readonly LabelSet[] },
  located: Located,
): Fault[] {
  const known = {
    probes: [...probes.map(({ id }) => id), FAILURE_PROBE],
    labelSets: labelSets.map(({ id }) => id),
  }
  const unknown = policy.limits.flatMap((limit, index) =>
    (['probes', 'labelSets'] as const).flatMap((part) =>
      (limit[part] ?? []).flatMap((id, place) =>
        known[part].includes(id) ? [] : [{ part, id, path: ['limits', index, part, place] as const }],
      ),
    ),
  )
  if (unknown.length === 0) return []
  const document = readYaml(located.file, located.shown)
  return unknown.map(({ part, id, path }) => ({
    at: placeOf(document, path),
    field: fieldOf(path),
    expected: `a ${WORDS[part]} of this plan (${oneOf(known[part])})`,
    received: receivedAt(document, path),
    hint: didYouMean(id, known[part]) ?? `Add it to the plan, or take it out of the limit.`,
  }))
}

const WORDS = { probes: 'probe', labelSets: 'label set' } as const
