import { describe, expect, it } from 'vitest'
import { pullEventPrinter, pullPrinter } from '../../src/cli/pull-progress.js'

/** A stream that keeps what is written, and a clock that is set by hand. */
function scene(isTTY: boolean) {
  const written: string[] = []
  const clock = { ms: 0 }
  const stream = { isTTY, columns: 120, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream // the part that is used
  return { written, clock, stream, now: () => clock.ms }
}

const at = (done: number) => ({ file: 'onnx/a.onnx', done, found: 1_000_000, total: 11_000_000 })

describe('pullPrinter', () => {
  it('prints a plain line every five seconds, with rate and time left, without what was there before', () => {
    const { written, clock, stream, now } = scene(false)
    const print = pullPrinter(stream, now)
    print(at(1_000_000))
    clock.ms = 4_000
    print(at(3_000_000))
    clock.ms = 5_000
    print(at(6_000_000))
    print(at(11_000_000))
    expect(written).toEqual([
      'pulling 1.0 MB of 11.0 MB (onnx/a.onnx)\n',
      'pulling 6.0 MB of 11.0 MB, 1.0 MB/s, 5 s left (onnx/a.onnx)\n',
      'pulling 11.0 MB of 11.0 MB, 2.0 MB/s (onnx/a.onnx)\n',
    ])
  })

  it('draws a bar over itself on a terminal', () => {
    const { written, clock, stream, now } = scene(true)
    const print = pullPrinter(stream, now)
    clock.ms = 1_000
    print(at(6_000_000))
    expect(written[0].startsWith('\r\u001b[K')).toBe(true) // the bar is drawn over itself
    expect(written[0].slice(4)).toMatch(/^\[=+ +\] pulling 6\.0 MB of 11\.0 MB, 5\.0 MB\/s, 1 s left/)
  })
})

describe('pullEventPrinter', () => {
  it('prints one JSON object a line, twice a second at most', () => {
    const { written, clock, stream, now } = scene(false)
    const print = pullEventPrinter(stream, now)
    print(at(1_000_000))
    clock.ms = 400
    print(at(2_000_000))
    clock.ms = 1_000
    print(at(6_000_000))
    expect(written.map((line) => JSON.parse(line) as unknown)).toEqual([
      { event: 'pulling', ...at(1_000_000), bytesPerSecond: null, secondsLeft: null },
      { event: 'pulling', ...at(6_000_000), bytesPerSecond: 5_000_000, secondsLeft: 1 },
    ])
  })
})
