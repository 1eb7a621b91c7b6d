import { describe, expect, it } from 'vitest'
import {
  readImpliesFlag,
  readLabelFlag,
  readOutcomeFlag,
  readSetTextFlag,
} from '../../../src/audit/definitions/label-flags.js'
import type { Fault } from '../../../src/audit/errors.js'

/** What a flag is read as, or the field, what it should be and the hint of its fault. */
function read<Value>(from: (faults: Fault[]) => Value[]): Value | readonly (string | undefined)[] {
  const faults: Fault[] = []
  const [value] = from(faults)
  const [fault] = faults
  return fault === undefined ? value : [fault.field, fault.received, fault.hint]
}

describe('flags of label sets', () => {
  it('take an outcome category as name=harm, and say which harm is meant', () => {
    const outcome = (text: string) => read((faults) => readOutcomeFlag(text, faults))
    expect(outcome(' crime = denigration ')).toEqual({ id: 'crime', harm: 'denigration' })
    expect(outcome('crime=denigratoin')).toEqual(['--outcome', '"crime=denigratoin"', 'Did you mean "denigration"?'])
    expect(outcome('denigration')).toEqual(['--outcome', '"denigration"', undefined])
    expect(outcome('=none')).toEqual(['--outcome', '"=none"', undefined])
  })
  it('take a label as text=outcome, at the last sign of equality', () => {
    const label = (text: string) => read((faults) => readLabelFlag('--label', text, faults))
    expect(label('a sign that says a=b= crime')).toEqual({ text: 'a sign that says a=b', outcome: 'crime' })
    for (const broken of ['a thief', '=crime', ' =crime', 'a thief= '])
      expect(label(broken)).toEqual(['--label', JSON.stringify(broken), undefined])
  })
  it('take an implication as id:attribute=values, each of which is named', () => {
    const implied = (text: string) => read((faults) => readImpliesFlag(text, faults))
    expect(implied('child:age=0-2, 3-9')).toEqual({ id: 'child', attribute: 'age', values: ['0-2', '3-9'] })
    for (const broken of ['child=0-2', 'child:age=', 'child:age=0-2,,3-9'])
      expect(implied(broken)).toEqual(['--implies', JSON.stringify(broken), undefined])
  })
  it('take the new text of a label as id=text, at the first sign of equality', () => {
    const text = (flag: string) => read((faults) => readSetTextFlag(flag, faults))
    expect(text('child=a kid = young')).toEqual({ id: 'child', text: 'a kid = young' })
    for (const broken of ['child', '=a kid', ' =a kid', 'child= '])
      expect(text(broken)).toEqual(['--set-text', JSON.stringify(broken), undefined])
  })
})
