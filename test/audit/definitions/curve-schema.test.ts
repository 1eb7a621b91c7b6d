import { describe, expect, it } from 'vitest'
import { isCurve } from '../../../src/audit/definitions/curve-form.js'
import { parseCurve } from '../../../src/audit/definitions/curve-schema.js'
import { readableJson } from '../../../src/audit/audit-file/canonical-json.js'
import type { CurveResult } from '../../../src/audit/types/curve.js'
import { crossedFacts, curveOf, tableOf } from '../curve-facts.js'
import { refusalOf } from './refusal-of.js'

/** Every kind of value: a group without images, a difference that never varies, a grid with holes. */
function everyKind(): CurveResult {
  const facts = crossedFacts([[0, 0], [0, 1], [1, 0]]) // prettier-ignore
  const counts = [[20, 5, 0], [9, 5, 0], [8, 5, 0]] // prettier-ignore
  const flat = counts.map(() => [1, 1, 0])
  const tables = [tableOf(counts, [100, 100, 0]), tableOf(flat, [100, 100, 0], { groupBy: 'gender' })]
  return curveOf({ ...facts, tables, images: 200 })
}

describe('parseCurve', () => {
  it('reads back what was written, to the last digit that is written', () => {
    const curve = everyKind()
    const text = readableJson(curve)
    const read = parseCurve(text, 'curve.json')
    expect(readableJson(read)).toBe(text)
    expect(read.derived.records).toHaveLength(curve.derived.records.length)
  })

  it('ignores fields of later versions', () => {
    const curve = { ...everyKind(), later: true }
    expect(parseCurve(JSON.stringify(curve), 'curve.json')).toEqual(JSON.parse(JSON.stringify(curve)))
  })

  it('refuses an audit, another version, and what is no JSON', () => {
    expect(refusalOf(() => parseCurve('{"schema":"probity/audit@1"}', 'a.json'))).toBe(
      'a.json: schema: expected probity/curve@1 but received "probity/audit@1". Give the path of a curve.json that probity curve wrote.',
    )
    expect(refusalOf(() => parseCurve('{"schema":"probity/curve@2"}', 'a.json'))).toBe(
      'a.json: schema: expected probity/curve@1 but received "probity/curve@2". It was written by another version of probity: read it with that version.',
    )
    expect(refusalOf(() => parseCurve('', 'a.json'))).toBe(
      'a.json: expected the JSON of a saved specification curve but received an empty file. Give the path of a curve.json that probity curve wrote, complete and unedited.',
    )
  })

  it('names the field that has not the right shape', () => {
    const curve = everyKind()
    const broken = { ...curve, facts: { ...curve.facts, asWritten: 'the first' } }
    expect(refusalOf(() => parseCurve(JSON.stringify(broken), 'a.json'))).toContain('a.json: facts.asWritten: expected')
  })
})

describe('isCurve', () => {
  it.each([
    ['{"schema":"probity/curve@1"}', true],
    ['{"schema":"probity/curve@9"}', true],
    ['{"schema":"probity/audit@1"}', false],
    ['{"schema":7}', false],
    ['[]', false],
    ['null', false],
    ['not JSON', false],
  ])('of %s is %s', (text, expected) => expect(isCurve(text)).toBe(expected))
})
