import type { GateReasonId, GateResult } from '../../types/derived.js'
import { countedText } from '../locale.js'
import { printable, shortHash } from '../names.js'
import type { Words } from '../words.js'

/** What the gate says, in words. */
export type GateView = {
  readonly key: GateResult['result']
  readonly word: string
  readonly sentences: readonly string[]
  readonly policy: string
}

/** The value that decides between the singular and the plural of a reason's sentence; null where nothing is counted. A new
 *  reason breaks the build here until the locale file has its sentence (test/audit/report/view/gate.test.ts reads this table). */
export const COUNTED_IN_GATE: Readonly<Record<GateReasonId, string | null>> = {
  'gate.passed': null,
  'gate.failed.disparity': 'disparities',
  'gate.quarantine-over-limit': 'rows',
  'gate.undecided-over-limit': 'processed',
  'gate.failures-differ': 'comparisons',
  'gate.nothing-compared': 'minimum',
}

/** Whether the gate draws no conclusion: then nothing on a page may read as one. */
export function isIncomplete({ audit }: Pick<Words, 'audit'>): boolean {
  return audit.derived.gate.result === 'evidence-incomplete'
}

/** The gate's result with a sentence per reason. Throws when a reason lacks the count that its sentence needs. */
export function gateView(words: Words): GateView {
  const { audit, locale } = words
  const { gate } = audit.derived
  const { policy } = audit.facts
  const sentences = gate.reasons.map((reason) => sentence(reason, words))
  return {
    key: gate.result,
    word: locale.text(`gate-results.${gate.result}`),
    sentences:
      sentences.length === 0 && gate.result === 'not-requested'
        ? [locale.text('messages.gate.not-requested')]
        : sentences,
    policy: locale.text('front.policy', { policy: printable(policy.id), hash: shortHash(policy.sha256) }),
  }
}

function sentence({ id, values }: GateResult['reasons'][number], { audit, locale, numbers }: Words): string {
  const written = (name: string, value: string | number): string => {
    if (typeof value === 'string') return printable(value)
    return name === 'limit' ? numbers.settingPercent(value) : numbers.count(value)
  }
  const slots = {
    policy: printable(audit.facts.policy.id),
    ...Object.fromEntries(values.map(([name, value]) => [name, written(name, value)])),
  }
  const counted = COUNTED_IN_GATE[id]
  if (counted === null) return locale.text(`messages.${id}`, slots)
  const count = values.find(([name]) => name === counted)?.[1]
  if (typeof count !== 'number')
    throw new Error(`audit.json: ${id}: expected a number for ${counted} but received none`)
  return countedText(locale, `messages.${id}`, count, slots)
}
