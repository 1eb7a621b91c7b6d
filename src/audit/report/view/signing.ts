import { emptyFields, SIGNERS, type Signature } from '../../types/signoff.js'
import { dayText } from '../dates.js'
import { countedText } from '../locale.js'
import { printable, shortened } from '../names.js'
import type { Words } from '../words.js'

/** Whether a report is a draft or final, who stands behind it, and until when. */
export type Signing = {
  readonly isFinal: boolean
  /** "Draft" or "Final", the stamp of every page. */
  readonly word: string
  /** The stamp with what a reader must know beside it, in one line. */
  readonly line: string
  readonly note: string
  readonly expiry: string
  /** Repeated in the margin of every printed page, with the audit id. */
  readonly footer: string
  readonly signatures: readonly SignatureView[]
  /** How many fields are blank that a final report needs; empty when none is. */
  readonly blanks: string
}

/** One line of the sign-off table; a blank field is empty, and has room to write in print. */
export type SignatureView = {
  readonly act: string
  readonly name: string
  readonly role: string
  readonly independent: string
  readonly date: string
  readonly decision: string
}

const LONGEST_NAME = 40 // in the margin of a page, where text cannot wrap

/** Draft or final. What is called final here has every field of sections 3, 5, 14 and 19: reading the sign-off refuses anything else. */
export function signing(words: Words): Signing {
  const { audit, locale, numbers, signoff } = words
  const isFinal = signoff?.status === 'final'
  const id = printable(audit.auditId)
  const empty = signoff === null ? [] : emptyFields(signoff, audit.facts.system)
  const slots = {
    name: printable(signoff?.approved.name ?? ''),
    role: printable(signoff?.approved.role ?? ''),
    date: dayText(signoff?.approved.date ?? '', locale),
    decision: printable(signoff?.approved.decision ?? ''),
    expires: dayText(signoff?.expires ?? '', locale),
  }
  const state = isFinal ? 'final' : signoff === null ? 'unsigned' : 'draft'
  return {
    isFinal,
    word: locale.text(isFinal ? 'signoff.final' : 'signoff.draft'),
    line: locale.text(`signoff.line-${state}`, slots),
    note: locale.text(`signoff.note-${state}`, slots),
    expiry: slots.expires === '' ? locale.text('signoff.no-expiry') : locale.text('signoff.expires-on', slots),
    footer: locale.text(isFinal ? 'signoff.footer-final' : 'page.footer', {
      ...slots,
      name: shortened(slots.name, LONGEST_NAME),
      id,
    }),
    signatures: SIGNERS.map((who) => signatureView(who, signoff?.[who] ?? null, words)),
    blanks:
      empty.length === 0
        ? ''
        : countedText(locale, 'signoff.blanks', empty.length, { count: numbers.count(empty.length) }),
  }
}

function signatureView(who: (typeof SIGNERS)[number], signature: Signature | null, { locale }: Words): SignatureView {
  const independent = signature?.independentOfDeveloper ?? null
  return {
    act: locale.text(`signoff.act.${who}`),
    name: printable(signature?.name ?? ''),
    role: printable(signature?.role ?? ''),
    independent: independent === null ? '' : locale.text(independent ? 'signoff.yes' : 'signoff.no'),
    date: dayText(signature?.date ?? '', locale),
    decision: printable(signature?.decision ?? ''),
  }
}
