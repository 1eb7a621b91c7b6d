import type { GateReasonId, GateResult } from '../../types/derived.js'
import { countedText } from '../locale.js'
import { printable, shortHash } from '../names.js'
import type { Words } from '../words.js'
import { lossSentences } from './losses.js'

/** What the gate says, in words. */
export type GateView = {
  readonly key: GateResult['result']
  readonly word: string
  readonly sentences: readonly string[]
  /** Word and sentences as one text; each sentence ends by itself. */
  readonly text: string
  readonly policy: string
}

/** The value that decides between the singular and the plural of a reason's sentence; null where nothing is counted. A new
 *  reason breaks the build here until the locale file has its sentence (test/audit/report/view/gate.test.ts reads this table). */
export const COUNTED_IN_GATE: Readonly<Record<GateReasonId, string | null>> = {
  'gate.passed': null,
  'gate.passed.assured': null,
  'gate.passed.data': null,
  'gate.waived': 'cases',
  'gate.failed.limits': null,
  'gate.failed.waiver-expired': 'waivers',
  'gate.data-limits': null,
  'gate.not-assured': null,
  'gate.nothing-to-judge': null,
  'gate.only-reported': null,
  'gate.quarantine-over-limit': 'rows',
  'gate.undecided-over-limit': 'processed',
  'gate.failures-differ': 'comparisons',
  'gate.nothing-compared': 'minimum',
}

/** Limits that look at nothing, are not met, or not shown to hold, on evidence that is whole: the findings stand. */
const ON_WHOLE_EVIDENCE: readonly GateReasonId[] = [
  'gate.data-limits',
  'gate.not-assured',
  'gate.nothing-to-judge',
  'gate.nothing-compared',
]

/** The evidence is whole, and the limits are what nothing can be told of. */
const CANNOT_TELL: readonly GateReasonId[] = ['gate.not-assured', 'gate.nothing-to-judge', 'gate.nothing-compared']

/** Whether the evidence allows no conclusion: then nothing on a page may read as one. */
export function isIncomplete({ audit }: Pick<Words, 'audit'>): boolean {
  const { result, reasons } = audit.derived.gate
  return result === 'evidence-incomplete' && !reasons.every(({ id }) => ON_WHOLE_EVIDENCE.includes(id))
}

/** The gate's result with a sentence per reason. Throws when a reason lacks the count that its sentence needs. */
export function gateView(words: Words): GateView {
  const { audit, locale } = words
  const { gate } = audit.derived
  const { policy } = audit.facts
  const word = locale.text(`gate-results.${cannotTell(gate) ? 'cannot-tell' : gate.result}`)
  const reasons = gate.reasons.map((reason) => sentence(reason, words))
  const isSilent = reasons.length === 0 && gate.result === 'not-requested'
  const sentences = [
    ...(isSilent ? [locale.text('messages.gate.not-requested')] : reasons),
    ...lossSentences(words),
    ...(words.isPolicySetAfter ? [locale.text('gate-command.after-the-run')] : []),
  ]
  return {
    key: gate.result,
    word,
    sentences,
    text: `${word}. ${sentences.join(' ')}`,
    policy: locale.text('front.policy', { policy: printable(policy.id), hash: shortHash(policy.sha256) }),
  }
}

function cannotTell({ reasons }: GateResult): boolean {
  return reasons.length > 0 && reasons.every(({ id }) => CANNOT_TELL.includes(id))
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
