import type { z } from 'zod'
import { quoted } from '../errors.js'
import type { AuditResult } from '../types/audit.js'
import { emptyFields, SIGNERS, type RequiredField, type Signature, type Signoff } from '../types/signoff.js'
import { isCalendarDay } from './calendar-day.js'
import { checkYaml } from './check-yaml.js'
import type { Located } from './locate.js'
import { RuleFaults } from './rule-faults.js'
import { signoffSchema } from './signoff-schema.js'
import { parseYaml, readYaml, type YamlDocument } from './yaml-file.js'
import { fieldOf, placeOf } from './yaml-place.js'

/** A sign-off with the file it stands in, so that whatever is said of it names a line. */
export type SignoffFile = { readonly signoff: Signoff; readonly document: YamlDocument }

/** A blank field that a final report needs, where it stands. */
export type EmptyField = { readonly section: RequiredField['section']; readonly at: string; readonly field: string }

/** Reads one signoff.yaml. Throws DefinitionError with all faults of the file. Whether it fits an audit is asked by {@link requireFits}. */
export function readSignoffFile({ file, shown }: Located): SignoffFile {
  return checkSignoff(readYaml(file, shown))
}

/** The same for text that is already in memory. */
export function parseSignoff(text: string, shown: string): SignoffFile {
  return checkSignoff(parseYaml(text, shown))
}

function checkSignoff(document: YamlDocument): SignoffFile {
  const written = checkYaml(signoffSchema, document)
  const signoff = signoffFrom(written)
  const faults = new RuleFaults(document)
  for (const [path, day] of datesOf(signoff))
    if (day !== null && !isCalendarDay(day)) faults.add(path, 'a day of the calendar')
  signoff.actions.forEach(({ finding }, index) => {
    const isAgain = signoff.actions.findIndex((action) => action.finding === finding) < index
    if (isAgain)
      faults.add(['actions', index, 'finding'], 'each finding once', { received: `${quoted(finding)} again` })
  })
  const signed = SIGNERS.flatMap((who) => signoff[who].date ?? [])
    .sort()
    .at(-1)
  if (signoff.expires !== null && signed !== undefined && signoff.expires < signed)
    faults.add(['expires'], `a day that is not before the last signature (${signed})`)
  faults.throwIfAny('signoff.invalid')
  return { signoff, document }
}

/** Throws DefinitionError unless the sign-off is of this audit: its id, findings that it has, and, where the status is final, no blank
 *  field of the sections 3, 5, 14 and 19. */
export function requireFits({ signoff, document }: SignoffFile, audit: AuditResult): void {
  const faults = new RuleFaults(document)
  if (signoff.audit !== audit.auditId) {
    faults.add(['audit'], `the id of this audit (${quoted(audit.auditId)})`, {
      hint: 'It is the sign-off of another audit: sign this one with: probity signoff new',
    })
    faults.throwAll('signoff.other-audit') // nothing else in it can fit
  }
  const known = new Set(audit.derived.findings.map(({ fingerprint }) => fingerprint))
  signoff.actions.forEach(({ finding }, index) => {
    if (!known.has(finding)) faults.add(['actions', index, 'finding'], 'the fingerprint of a finding of this audit')
  })
  if (signoff.status === 'final') {
    for (const { section, path } of emptyFields(signoff, audit.facts.system))
      faults.add(path, `a filled field of section ${section}, since the status is final`, { received: 'nothing' })
  }
  faults.throwIfAny('signoff.not-final')
}

/** Every blank field that keeps the report from being final, with its line (the nearest line where the file lacks the field). */
export function emptyFieldsOf({ signoff, document }: SignoffFile, audit: AuditResult): readonly EmptyField[] {
  return emptyFields(signoff, audit.facts.system).map(({ section, path }) => ({
    section,
    at: placeOf(document, path),
    field: fieldOf(path),
  }))
}

function signoffFrom(written: z.output<typeof signoffSchema>): Signoff {
  const { schema, audit, status, system, data, limits, actions } = written
  return {
    schema,
    audit,
    status,
    system: {
      version: filled(system?.version),
      intendedUse: filled(system?.intendedUse),
      foreseeableMisuse: filled(system?.foreseeableMisuse),
      peopleAffected: filled(system?.peopleAffected),
    },
    data: {
      source: filled(data?.source),
      labelledBy: filled(data?.labelledBy),
      necessity: filled(data?.necessity),
    },
    limits: { deploymentData: filled(limits?.deploymentData), notMeasured: filled(limits?.notMeasured) },
    actions: (actions ?? []).map(({ finding, owner, action, due }) => ({
      finding,
      owner: filled(owner),
      action: filled(action),
      due: filled(due),
    })),
    prepared: signatureFrom(written.prepared),
    reviewed: signatureFrom(written.reviewed),
    approved: signatureFrom(written.approved),
    expires: filled(written.expires),
  }
}

function signatureFrom(written: z.output<typeof signoffSchema>['prepared']): Signature {
  return {
    name: filled(written?.name),
    role: filled(written?.role),
    independentOfDeveloper: written?.independentOfDeveloper ?? null,
    date: filled(written?.date),
    decision: filled(written?.decision),
  }
}

/** A text of spaces, marks or characters that nobody sees says nothing. */
function filled(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? ''
  return /[\p{L}\p{N}]/u.test(trimmed) ? trimmed : null
}

function datesOf(signoff: Signoff): readonly (readonly [path: readonly (string | number)[], day: string | null])[] {
  return [
    ...SIGNERS.map((who) => [[who, 'date'], signoff[who].date] as const),
    ...signoff.actions.map(({ due }, index) => [['actions', index, 'due'], due] as const),
    [['expires'], signoff.expires] as const,
  ]
}
