import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { auditId } from '../../src/audit/audit-file/audit-id.js'
import { readableJson } from '../../src/audit/audit-file/canonical-json.js'
import { parseAudit } from '../../src/audit/definitions/audit-schema.js'
import { parseCurve } from '../../src/audit/definitions/curve-schema.js'
import { derive } from '../../src/audit/derive.js'
import { DefinitionError } from '../../src/audit/errors.js'
import { runVerify } from '../../src/audit/run-verify.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import type { Check } from '../../src/audit/types/check.js'
import { createRandom } from '../../src/audit/statistics/random.js'
import { verifyCurve } from '../../src/audit/verify-curve.js'
import { crossedFacts, curveOf, tableOf } from '../audit/curve-facts.js'
import { EVERY_FATE } from '../support/every-fate.js'
import { auditOf } from '../support/facts.js'
import { edited, numberEdits, otherEdits, type HandEdit } from './hand-edits.js'
import { settle, TORTURE_SEED, tries } from './torture.js'

const SMALL = readableJson(auditOf(EVERY_FATE))
const GOLDEN = readFileSync(join(import.meta.dirname, '../golden/audit.json'), 'utf8')

/** What a reader of the file is told: `refused` when it is read, `found` when it is checked, or that everything holds. */
type Told = 'refused' | 'found' | 'holds'

function told(text: string, check: (text: string) => Check[]): Told {
  try {
    return check(text).every(({ holds }) => holds) ? 'holds' : 'found'
  } catch (error) {
    if (error instanceof DefinitionError) return 'refused'
    throw error
  }
}

const verifyText = (text: string): Check[] => runVerify(parseAudit(text, 'audit.json'))

/** Whether a path stands in the part of an audit that is about the run and not about what was seen: its time, its machine. */
const isOfTheRun = ({ path }: HandEdit): boolean => path[0] === 'run'

/** Edits that verify did not find. */
function unfound(text: string, edits: readonly HandEdit[], check: (text: string) => Check[]): HandEdit[] {
  return edits.filter((edit) => told(edited(text, edit), check) === 'holds')
}

/** At most `most` of the edits, in the order in which they stand, the same ones for the same seed. */
function some(edits: readonly HandEdit[], most: number): HandEdit[] {
  if (edits.length <= most) return [...edits]
  const random = createRandom(TORTURE_SEED, 'hand edits')
  return edits.filter(() => random.below(edits.length) < most)
}

/** A forger who changes one input and lets Probity work out everything again, down to the id. */
function forged(text: string, edit: HandEdit): Told {
  const audit = JSON.parse(edited(text, edit)) as AuditResult // it is read as an audit below
  try {
    const derived = derive(audit.facts)
    const resealed = { ...audit, derived, auditId: auditId(audit.facts, derived) }
    return told(readableJson(resealed), (forgery) => runVerify(parseAudit(forgery, 'audit.json')))
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return 'refused' // nothing follows from such counts
    throw error
  }
}

/** A path with its places in lists left out: `facts.tallies.#.total`. */
const kindOf = ({ path }: HandEdit): string => path.map((step) => (typeof step === 'number' ? '#' : step)).join('.')

/** Inputs that nothing else in the file speaks of: whoever forges one of them and writes everything again is not found by the file alone. The
 *  images, the model and the definitions of the run tell; SECURITY.md says so. */
const TAKEN_AS_WRITTEN = [
  'facts.dataset.sources.#.rows',
  'facts.evidence.#.embeddedWith.#.batch',
  'facts.evidence.#.embeddedWith.#.threads',
  'facts.evidence.#.preprocessing.mean.#',
  'facts.evidence.#.preprocessing.std.#',
  'facts.models.#.dim',
  'facts.models.#.files.#.#',
  'facts.probes.#.published.#.figures.#.figure.count',
  'facts.probes.#.published.#.figures.#.figure.decimals',
  'facts.probes.#.published.#.figures.#.figure.total',
  'facts.seed',
  'facts.tallies.#.exactTies',
]

describe('probity verify, and a file that was changed by hand', () => {
  it('finds every number, changed by the smallest step that can be written', () => {
    const small = some(numberEdits(SMALL), tries(200, Infinity)).filter((edit) => !isOfTheRun(edit))
    const golden = some(numberEdits(GOLDEN), tries(20, 2_000)).filter((edit) => !isOfTheRun(edit))
    const wrong = [...unfound(SMALL, small, verifyText), ...unfound(GOLDEN, golden, verifyText)]
    expect(wrong.map(kindOf)).toEqual([])
    settle({
      where: 'verify',
      fault: 'one number of a saved audit changed by one in its last digit',
      tried: small.length + golden.length,
      lost: 0,
      wrong: wrong.length,
    })
  })

  it('finds every name, word, yes or no, and nothing put in place of something', () => {
    const small = some(otherEdits(SMALL), tries(200, Infinity)).filter((edit) => !isOfTheRun(edit))
    const golden = some(otherEdits(GOLDEN), tries(20, 1_000)).filter((edit) => !isOfTheRun(edit))
    const wrong = [...unfound(SMALL, small, verifyText), ...unfound(GOLDEN, golden, verifyText)]
    expect(wrong.map(kindOf)).toEqual([])
    settle({
      where: 'verify',
      fault: 'one word, yes or no, or empty place of a saved audit changed',
      tried: small.length + golden.length,
      lost: 0,
      wrong: wrong.length,
    })
  })

  it('finds every number that follows from others, also when the id was written again', () => {
    const audit = JSON.parse(SMALL) as AuditResult // a file that was just written
    const small = some(numberEdits(SMALL), tries(200, Infinity)).filter(({ path }) => path[0] === 'derived')
    const wrong = small.filter((edit) => {
      const changed = JSON.parse(edited(SMALL, edit)) as AuditResult // the same, but for one number
      const resealed = { ...audit, derived: changed.derived, auditId: auditId(audit.facts, changed.derived) }
      return told(readableJson(resealed), verifyText) === 'holds'
    })
    expect(wrong.map(kindOf)).toEqual([])
    settle({
      where: 'verify',
      fault: 'one rate, interval or verdict changed, and the id written again',
      tried: small.length,
      lost: 0,
      wrong: wrong.length,
    })
  })

  it('finds every count and limit, also when all that follows was worked out again, but for what nothing else speaks of', () => {
    const ofFacts = (text: string): HandEdit[] => numberEdits(text).filter(({ path }) => path[0] === 'facts')
    const edits = [
      ...ofFacts(SMALL).map((edit) => ({ text: SMALL, edit })),
      ...some(ofFacts(GOLDEN), tries(2, 60)).map((edit) => ({ text: GOLDEN, edit })),
    ]
    const told = edits.filter(({ edit }) => !TAKEN_AS_WRITTEN.includes(kindOf(edit)))
    const wrong = told.filter(({ text, edit }) => forged(text, edit) === 'holds')
    expect(wrong.map(({ edit }) => kindOf(edit))).toEqual([])
    settle({
      where: 'verify',
      fault: `one count or limit changed, and everything worked out again from it (left out: ${edits.length - told.length} that nothing else in the file speaks of)`,
      tried: told.length,
      lost: 0,
      wrong: wrong.length,
    })
  })

  it('is not misled by a second value beside the first one', () => {
    const withTwo = SMALL.replace(/"value": ?0\.\d+/, (first) => `"value": 0.99, ${first}`)
    expect(withTwo).not.toBe(SMALL)
    expect(() => parseAudit(withTwo, 'audit.json')).toThrow(/value: expected each key of an object once/)
  })

  it('finds every number of a specification curve', () => {
    const TABLE = tableOf([[200, 10, 10], [10, 10, 10], [0, 20, 21]], [1000, 1000, 900]) // prettier-ignore
    const curve = readableJson(curveOf({ ...crossedFacts([[0], [1], [2]]), tables: [TABLE], images: 2900 }))
    const edits = numberEdits(curve).filter((edit) => !isOfTheRun(edit))
    const wrong = unfound(curve, edits, (text) => verifyCurve(parseCurve(text, 'curve.json')))
    expect(wrong.map(kindOf)).toEqual([])
    settle({
      where: 'verify',
      fault: 'one number of a saved specification curve changed by one in its last digit',
      tried: edits.length,
      lost: 0,
      wrong: wrong.length,
    })
  })

  it('leaves out what is about the run and not about what was seen: nothing else in the file changes with it', () => {
    const edits = [...numberEdits(SMALL), ...otherEdits(SMALL)].filter(isOfTheRun)
    expect(edits.length).toBeGreaterThan(0)
    const { facts, derived } = parseAudit(SMALL, 'audit.json')
    for (const edit of edits) {
      const audit = parseAudit(edited(SMALL, edit), 'audit.json')
      expect(readableJson([audit.facts, audit.derived])).toBe(readableJson([facts, derived]))
    }
  })
})
