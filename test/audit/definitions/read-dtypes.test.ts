import { describe, expect, it } from 'vitest'
import { planDtypes, readDtypes } from '../../../src/audit/definitions/read-dtypes.js'
import type { Fault } from '../../../src/audit/errors.js'

const setting = { value: 'auto', at: 'audit.yaml:3', field: 'dtype', folder: { path: '/work', shown: '' } } as const

describe('a precision that is left open', () => {
  it('is refused by commands that have no label sets to choose it by, with where it was said and what to do', () => {
    const faults: Fault[] = []
    expect(planDtypes({ dtype: setting }, faults)).toEqual({})
    expect(faults).toMatchObject([
      { at: 'audit.yaml:3', field: 'dtype', expected: 'a precision that is named', received: '"auto"' },
    ])
    expect(faults[0].hint).toContain('probity plan says what it takes; name that here')
  })

  it('is refused by commands that have no plan', () => {
    expect(() => readDtypes('auto')).toThrow('but received "auto". Only probity audit and probity plan can choose')
    expect(readDtypes('fp16')).toEqual({ vision: 'fp16', text: 'fp16' })
  })
})
