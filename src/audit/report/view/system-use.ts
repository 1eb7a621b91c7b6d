import { isSystemField, systemField } from '../../types/signoff.js'
import { printable } from '../names.js'
import type { Words } from '../words.js'
import { whatWasAudited } from './summary.js'

/** The audited system and its use: what the plan or the sign-off states, and what nobody has stated. */
export function systemUse(words: Words) {
  const { audit, locale, signoff } = words
  const { system } = audit.facts
  const stated = (text: string | null | undefined) => ({
    text: text === null || text === undefined ? locale.text('system-use.not-stated') : printable(text),
    isStated: text !== null && text !== undefined,
  })
  const rows = (['version', 'intendedUse', 'foreseeableMisuse', 'peopleAffected'] as const).map((field) => ({
    field: locale.text(`system-use.${field}`),
    ...stated(systemField(field, signoff, system)),
  }))
  return {
    rows: [{ field: locale.text('system-use.model'), ...stated(whatWasAudited(words)) }, ...rows],
    /** What the plan states beside these fields, in its owner's words. */
    others: system
      .filter(([key]) => !isSystemField(key))
      .map(([field, text]) => ({ field: printable(field), text: printable(text) })),
  }
}

/** What only people can state about the data, for section 5, and about the limits, for section 14. */
export function statedByPeople({ locale, signoff }: Words) {
  const row = (field: string, text: string | null | undefined) => ({
    field: locale.text(`stated.${field}`),
    text: text === null || text === undefined ? locale.text('system-use.not-stated') : printable(text),
    isStated: text !== null && text !== undefined,
  })
  return {
    data: [
      row('source', signoff?.data.source),
      row('labelledBy', signoff?.data.labelledBy),
      row('necessity', signoff?.data.necessity),
    ],
    limits: [row('deploymentData', signoff?.limits.deploymentData), row('notMeasured', signoff?.limits.notMeasured)],
  }
}
