import { describe, expect, it } from 'vitest'
import { progressPrinter } from '../../src/cli/progress.js'

/** A printer on a stream that remembers, with a clock that is set by hand. */
function printer(isTTY: boolean) {
  const written: string[] = []
  const stream = { isTTY, write: (text: string) => written.push(text) > 0 } as unknown as NodeJS.WriteStream // all it uses
  let milliseconds = 0
  const print = progressPrinter(stream, () => milliseconds)
  const at = (time: number, done: number, total: number, failed = 0): void => {
    milliseconds = time
    print({ stage: 'embedding', model: 'm', done, total, failed })
  }
  return { written, at, print }
}

describe('progressPrinter, where nobody watches', () => {
  it('writes plain lines with rate and time left, no more than one in five seconds, and one at the end', () => {
    const { written, at } = printer(false)
    at(0, 0, 1000)
    at(1000, 50, 1000)
    at(2000, 100, 1000)
    at(5900, 290, 1000)
    at(6000, 300, 1000)
    at(6100, 301, 1000)
    at(20000, 1000, 1000)
    expect(written).toEqual([
      'embedding 50 of 1000 images, 50 images/s, 19 s left\n',
      'embedding 300 of 1000 images, 50 images/s, 14 s left\n',
      'embedding 1000 of 1000 images, 50 images/s\n',
    ])
  })

  it('names unreadable images as they come', () => {
    const { written, at } = printer(false)
    at(0, 0, 10)
    at(1000, 5, 10, 2)
    expect(written).toEqual(['embedding 5 of 10 images, 5.0 images/s, 1 s left, 2 unreadable\n'])
  })

  it('says minutes and hours where seconds would be many', () => {
    const { written, at } = printer(false)
    at(0, 0, 1_000_000)
    at(10_000, 1000, 1_000_000)
    at(20_000, 990_000, 1_000_000)
    at(60_000, 990_001, 1_000_000)
    expect(written[0]).toMatch(/, 2\.8 h left\n$/)
    expect(written[1]).toMatch(/, 1 s left\n$/)
    const slow = printer(false)
    slow.at(0, 0, 1000)
    slow.at(10_000, 50, 1000)
    expect(slow.written[0]).toMatch(/, 4 min left\n$/)
  })

  it('divides by no time that has not passed', () => {
    const { written, at } = printer(false)
    at(0, 0, 10)
    at(0, 5, 10)
    expect(written).toEqual(['embedding 5 of 10 images\n'])
  })

  it('starts its clock again with the next model', () => {
    const { written, at } = printer(false)
    at(0, 0, 10)
    at(10_000, 10, 10)
    at(100_000, 0, 10)
    at(101_000, 10, 10)
    expect(written.at(-1)).toBe('embedding 10 of 10 images, 10 images/s\n')
  })

  it('writes nothing about stages that take no time', () => {
    const { written, print } = printer(false)
    print({ stage: 'scoring', labelSet: 's' })
    expect(written).toEqual([])
  })
})

describe('progressPrinter, on a terminal', () => {
  it('draws a bar over itself and ends its line when all is done', () => {
    const { written, at } = printer(true)
    at(0, 0, 100)
    at(1000, 50, 100)
    at(2000, 100, 100)
    expect(written).toEqual([
      '\r\u001b[K[============            ] embedding 50 of 100 images, 50 images/s, 1 s left',
      '\r\u001b[K[========================] embedding 100 of 100 images, 50 images/s\n',
    ])
  })

  it('draws again after a tenth of a second, not earlier', () => {
    const { written, at } = printer(true)
    at(0, 0, 100)
    at(1000, 1, 100)
    at(1099, 2, 100)
    at(1100, 3, 100)
    expect(written).toHaveLength(2)
  })
})
