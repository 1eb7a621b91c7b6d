import { describe, expect, it } from 'vitest'
import { tensorMemory } from '../../../src/audit/model/tensor-memory.js'

describe('tensorMemory', () => {
  it('makes an array of the length that is asked for', () => {
    expect(tensorMemory().take(6)).toEqual(new Float32Array(6))
  })

  it('uses an array again that was given back', () => {
    const memory = tensorMemory()
    const first = memory.take(6)
    memory.giveBack(first)
    expect(memory.take(6)).toBe(first)
  })

  it('never hands out an array that is still in use', () => {
    const memory = tensorMemory()
    const first = memory.take(6)
    memory.giveBack(first)
    const [again, another] = [memory.take(6), memory.take(6)]
    expect(again).toBe(first)
    expect(another).not.toBe(first)
  })

  it('keeps arrays of different lengths apart', () => {
    const memory = tensorMemory()
    const [short, long] = [memory.take(3), memory.take(6)]
    memory.giveBack(short)
    memory.giveBack(long)
    expect(memory.take(4).length).toBe(4)
    expect(memory.take(6)).toBe(long)
    expect(memory.take(3)).toBe(short)
  })

  it('shares nothing with another memory', () => {
    const memory = tensorMemory()
    const array = memory.take(6)
    memory.giveBack(array)
    expect(tensorMemory().take(6)).not.toBe(array)
  })

  it('takes in an array that came back from another thread as a new object', () => {
    const memory = tensorMemory()
    const back = structuredClone(memory.take(6))
    memory.giveBack(back)
    expect(memory.take(6)).toBe(back)
  })
})
