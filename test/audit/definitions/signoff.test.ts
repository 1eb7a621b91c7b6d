import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { composeSignoff } from '../../../src/audit/definitions/compose-signoff.js'
import { emptyFieldsOf, parseSignoff, requireFits } from '../../../src/audit/definitions/signoff.js'
import type { AuditResult } from '../../../src/audit/types/audit.js'
import { emptyFields, isExpired } from '../../../src/audit/types/signoff.js'
import { exampleSignoff } from '../example-signoff.js'
import { exampleAudit } from '../report/example-audit.js'
import { refusalOf } from './refusal-of.js'

const ID = `sha256:${'0123456789abcdef'.repeat(4)}`
const AUDIT: AuditResult = { ...exampleAudit(), auditId: ID }
const WITHOUT_SYSTEM: AuditResult = { ...AUDIT, facts: { ...AUDIT.facts, system: [] } }

const refusal = (text: string, audit = WITHOUT_SYSTEM): string =>
  refusalOf(() => requireFits(parseSignoff(text, 'signoff.yaml'), audit))

/** Paths of every value of a sign-off that a final report needs. */
const NEEDED = [
  ...['version', 'intendedUse', 'foreseeableMisuse', 'peopleAffected'].map((field) => ['system', field]),
  ...['source', 'labelledBy', 'necessity'].map((field) => ['data', field]),
  ...['deploymentData', 'notMeasured'].map((field) => ['limits', field]),
  ...['prepared', 'reviewed', 'approved'].flatMap((who) =>
    ['name', 'role', 'independentOfDeveloper', 'date', 'decision'].map((field) => [who, field]),
  ),
  ['expires'],
]

function without(path: readonly string[], emptied: unknown): string {
  const signoff = structuredClone(exampleSignoff(ID)) as unknown as Record<string, Record<string, unknown>>
  const [first = '', second] = path
  if (second === undefined) Object.assign(signoff, { [first]: emptied })
  else Object.assign(signoff[first] ?? {}, { [second]: emptied })
  return stringify(signoff)
}

describe('a sign-off', () => {
  it('may be final when every field of the sections 3, 5, 14 and 19 is filled in', () => {
    const file = parseSignoff(stringify(exampleSignoff(ID)), 'signoff.yaml')
    expect(() => requireFits(file, WITHOUT_SYSTEM)).not.toThrow()
    expect(file.signoff).toEqual(exampleSignoff(ID))
  })

  it.each(NEEDED.map((path) => [path.join('.'), path] as const))('is refused as final without %s', (name, path) => {
    const isText = !/independentOfDeveloper|date$|expires/.test(name)
    for (const emptied of [
      null,
      ...(name.endsWith('independentOfDeveloper') ? [] : ['', '   ']),
      ...(isText ? ['\u200b', '—'] : []),
    ]) {
      expect(refusal(without(path, emptied))).toMatch(
        new RegExp(
          `^signoff\\.yaml:\\d+: ${name.replace('.', '\\.')}: expected a filled field of section (3|5|14|19), since the status is final but received nothing$`,
        ),
      )
    }
  })

  it('needs no word on what the plan said of the system before the run', () => {
    const system = [['Purpose', 'sorts photos'], ['people affected', 'anybody']] as const // prettier-ignore
    const audit = { ...AUDIT, facts: { ...AUDIT.facts, system } }
    const blank = parseSignoff(without(['system', 'intendedUse'], null), 'signoff.yaml')
    expect(() => requireFits(blank, audit)).not.toThrow()
    expect(refusal(without(['system', 'version'], null), audit)).toContain('system.version')
  })

  it('of another audit is refused, whatever else it says', () => {
    const other = stringify(exampleSignoff(`sha256:${'f'.repeat(64)}`))
    expect(refusal(other)).toBe(
      `signoff.yaml:2: audit: expected the id of this audit ("${ID}") but received "sha256:${'f'.repeat(64)}". It is the sign-off of another audit: sign this one with: probity signoff new`,
    )
  })

  it('may not plan an action for a finding that the audit does not have', () => {
    const action = { finding: `sha256:${'b'.repeat(64)}`, owner: 'Ana', action: 'more data', due: '2030-02-01' }
    expect(refusal(stringify(exampleSignoff(ID, { actions: [action] })))).toMatch(
      /^signoff\.yaml:\d+: actions\[0\]\.finding: expected the fingerprint of a finding of this audit but received/,
    )
  })

  it('as a draft may leave everything blank, and names each blank field with its line', () => {
    const text = `schema: probity/signoff@1\naudit: ${ID}\nstatus: draft\ndata:\n  source:\n`
    const blanks = emptyFieldsOf(parseSignoff(text, 'signoff.yaml'), WITHOUT_SYSTEM)
    expect(blanks.map(({ field }) => field)).toEqual(NEEDED.map((path) => path.join('.')))
    expect(blanks.find(({ field }) => field === 'data.source')).toEqual({
      section: 5,
      at: 'signoff.yaml:5',
      field: 'data.source',
    })
  })

  it('written to fill in is a draft that can be read, whatever the plan says of the system', () => {
    const system = [['purpose', '"quoted": #no comment\n- and a list'], ['version', 'null']] as const // prettier-ignore
    const actions = AUDIT.derived.findings.slice(0, 3).map(({ fingerprint }) => ({
      fingerprint: fingerprint.length === 71 ? fingerprint : `sha256:${'c'.repeat(64)}`,
      about: 'group\u2028with a line end\nand another',
    }))
    const text = composeSignoff({ auditId: ID, system, schema: 'x.json', actions: actions.slice(0, 1), left: 0 })
    const { signoff } = parseSignoff(text, 'signoff.yaml')
    expect(signoff.status).toBe('draft')
    expect(signoff.system.intendedUse).toBe('"quoted": #no comment\n- and a list')
    expect(signoff.system.version).toBe('null')
    expect(signoff.actions).toHaveLength(1)
    expect(emptyFields(signoff, [])).toHaveLength(NEEDED.length - 2)
  })

  it('is expired on the day after its last', () => {
    expect(isExpired({ expires: '2027-11-27' }, '2027-11-27')).toBe(false)
    expect(isExpired({ expires: '2027-11-27' }, '2027-11-28')).toBe(true)
    expect(isExpired({ expires: null }, '2999-01-01')).toBe(false)
  })
})
