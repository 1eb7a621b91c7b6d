import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DatasetError } from '../../src/audit/errors.js'
import { failureText } from '../../src/audit/failure-text.js'

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('what a worker tells other machines of a failure', () => {
  it('is the whole refusal where Probity refused', () => {
    const refusal = new DatasetError('table.empty', { at: 'labels.csv', expected: 'rows', received: 'none' })
    expect(failureText(refusal)).toBe('labels.csv: expected rows but received none')
  })

  it('is what the system meant, without the path it names', () => {
    const refused = thrownBy(() => readFileSync('/nowhere/Ada-Lovelace.jpg'))
    expect(String(refused)).toContain('Ada-Lovelace')
    expect(failureText(refused)).toBe('no such file or folder')
  })

  it('is that memory was short, however the runtime says so', () => {
    const short = thrownBy(() => new ArrayBuffer(Number.MAX_SAFE_INTEGER))
    expect(String(short)).toContain('RangeError')
    expect(failureText(short)).toBe('there was not enough memory')
  })

  it('names the kind of a fault of Probity itself, and none of its words', () => {
    const fault = new TypeError("Cannot read properties of undefined (reading 'Ada-Lovelace.jpg')")
    expect(failureText(fault)).toBe('a fault of Probity itself (TypeError): see the log of the worker')
    expect(failureText('Ada-Lovelace.jpg')).toBe('a fault of Probity itself (string): see the log of the worker')
  })
})
