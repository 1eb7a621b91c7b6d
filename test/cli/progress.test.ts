import { describe, expect, it } from 'vitest'
import type { Progress } from '../../src/audit/tools.js'
import { eventPrinter, progressPrinter } from '../../src/cli/progress.js'

type Embedding = Partial<Extract<Progress, { stage: 'embedding' }>>

/** A printer on a stream that remembers, with a clock that is set by hand. */
function printer(isTTY: boolean, kind = progressPrinter) {
  const written: string[] = []
  const stream = { isTTY, write: (text: string) => written.push(text) > 0 } as unknown as NodeJS.WriteStream // all it uses
  let milliseconds = 0
  const print = kind(stream, () => milliseconds)
  const at = (time: number, done: number, total: number, more: Embedding = {}): void => {
    milliseconds = time
    print({ stage: 'embedding', model: 'm', done, total, failed: 0, found: 0, ...more })
  }
  return { written, at, print }
}

describe('progressPrinter, at the start', () => {
  it('says how many images there are to embed', () => {
    const { written, at } = printer(false)
    at(0, 0, 1000)
    expect(written).toEqual(['1000 images: 1000 to read\n'])
  })

  it('says how many are in the store already', () => {
    const { written, at } = printer(false)
    at(0, 990, 1000, { found: 990 })
    expect(written).toEqual(['1000 images: 990 in the store and unchanged, 10 to read\n'])
  })

  it('says that there is nothing to embed, and no more', () => {
    const { written, at } = printer(false)
    at(0, 1, 1, { found: 1 })
    at(9000, 1, 1, { found: 1 })
    expect(written[0]).toBe('1 image: 1 in the store and unchanged, 0 to read\n')
    expect(written.slice(1).join('')).not.toContain('embedding')
  })

  it('says nothing of a dataset without images', () => {
    const { written, at } = printer(false)
    at(0, 0, 0)
    expect(written).toEqual([])
  })

  it('says it on a terminal as well, on a line of its own', () => {
    const { written, at } = printer(true)
    at(0, 0, 1000)
    expect(written).toEqual(['1000 images: 1000 to read\n'])
  })
})

describe('progressPrinter, with several models', () => {
  it('says which one is at work, in every line', () => {
    const { written, at } = printer(false)
    at(0, 0, 10, { model: 'a\u001b[2J', isOneOfSeveral: true })
    at(1000, 10, 10, { model: 'a\u001b[2J', isOneOfSeveral: true })
    at(2000, 10, 10, { model: 'b', found: 10, isOneOfSeveral: true })
    expect(written).toEqual([
      'a\\u001b[2J: 10 images: 10 to read\n',
      'a\\u001b[2J: embedding 10 of 10 images, 10 images/s\n',
      'b: 10 images: 10 in the store and unchanged, 0 to read\n',
    ])
  })
})

describe('progressPrinter, while images are embedded once more', () => {
  it('names the alteration in every line', () => {
    const { written, at } = printer(false)
    at(0, 0, 10, { altered: 'blur-2' })
    at(1000, 10, 10, { altered: 'blur-2' })
    expect(written).toEqual([
      '10 images altered by blur-2: 10 to read\n',
      'embedding 10 of 10 images altered by blur-2, 10 images/s\n',
    ])
  })
})

describe('progressPrinter, where nobody watches', () => {
  it('writes plain lines with rate and time left, no more than one in five seconds, and one at the end', () => {
    const { written, at } = printer(false)
    at(0, 0, 1000)
    at(5000, 250, 1000)
    at(6000, 300, 1000)
    at(9900, 490, 1000)
    at(10000, 500, 1000)
    at(10100, 501, 1000)
    at(20000, 1000, 1000)
    expect(written.slice(1)).toEqual([
      'embedding 250 of 1000 images, 50 images/s, 15 s left\n',
      'embedding 500 of 1000 images, 50 images/s, 10 s left\n',
      'embedding 1000 of 1000 images, 50 images/s\n',
    ])
  })

  it('writes its last line once, however often it is told of the end', () => {
    const { written, at } = printer(false)
    at(0, 0, 10)
    at(1000, 10, 10)
    at(1000, 10, 10)
    at(9000, 10, 10)
    expect(written.slice(1)).toEqual(['embedding 10 of 10 images, 10 images/s\n'])
  })

  it('counts what the store had as done, but not as speed', () => {
    const { written, at } = printer(false)
    at(0, 900, 1000, { found: 900 })
    at(5000, 950, 1000, { found: 900 })
    at(10_000, 1000, 1000, { found: 900 })
    expect(written.slice(1)).toEqual([
      'embedding 950 of 1000 images, 10 images/s, 5 s left\n',
      'embedding 1000 of 1000 images, 10 images/s\n',
    ])
  })

  it('names unusable images as they come', () => {
    const { written, at } = printer(false)
    at(0, 0, 10)
    at(5000, 5, 10, { failed: 2 })
    expect(written.slice(1)).toEqual(['embedding 5 of 10 images, 1.0 images/s, 5 s left, 2 unusable\n'])
  })

  it('says minutes and hours where seconds would be many', () => {
    const { written, at } = printer(false)
    at(0, 0, 1_000_000)
    at(50_000, 5000, 1_000_000)
    at(60_000, 990_000, 1_000_000)
    at(100_000, 990_001, 1_000_000)
    expect(written[1]).toMatch(/, 2\.8 h left\n$/)
    expect(written[2]).toMatch(/, 1 s left\n$/)
    const slow = printer(false)
    slow.at(0, 0, 1000)
    slow.at(10_000, 50, 1000)
    expect(slow.written[1]).toMatch(/, 4 min left\n$/)
  })

  it('estimates no time left while the first batches still wait for model and disk', () => {
    const { written, at } = printer(false)
    at(0, 0, 1000)
    at(4900, 8, 1000)
    at(10_000, 19, 1000)
    at(15_000, 20, 1000)
    at(30_000, 21, 1000)
    expect(written.slice(1).map((line) => line.includes(' left'))).toEqual([false, false, true, true])
    const slow = printer(false)
    slow.at(0, 0, 100_000)
    slow.at(30_000, 21, 100_000)
    expect(slow.written[1]).toContain(' h left')
  })

  it('divides by no time that has not passed', () => {
    const { written, at } = printer(false)
    at(0, 0, 10)
    at(0, 5, 10)
    expect(written.slice(1)).toEqual(['embedding 5 of 10 images\n'])
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
    print({ stage: 'scoring', model: 'm', labelSets: ['s'] })
    expect(written).toEqual([])
  })
})

describe('progressPrinter, on a terminal', () => {
  it('draws a bar over itself and ends its line when all is done', () => {
    const { written, at } = printer(true)
    at(0, 0, 100)
    at(5000, 50, 100)
    at(10_000, 100, 100)
    expect(written.slice(1)).toEqual([
      '\r\u001b[K[============            ] embedding 50 of 100 images, 10 images/s, 5 s left',
      '\r\u001b[K[========================] embedding 100 of 100 images, 10 images/s\n',
    ])
  })

  it('draws again after a tenth of a second, not earlier', () => {
    const { written, at } = printer(true)
    at(0, 0, 100)
    at(1000, 1, 100)
    at(1099, 2, 100)
    at(1100, 3, 100)
    expect(written.slice(1)).toHaveLength(2)
  })

  it('fills the bar with what the store had', () => {
    const { written, at } = printer(true)
    at(0, 50, 100, { found: 50 })
    at(5000, 75, 100, { found: 50 })
    expect(written.at(-1)).toBe(
      '\r\u001b[K[==================      ] embedding 75 of 100 images, 5.0 images/s, 5 s left',
    )
  })

  it('wipes the bar before it says something else, and never writes behind it', () => {
    const { written, at, print } = printer(true)
    at(0, 0, 100)
    at(1000, 50, 100)
    print({ stage: 'store', notice: 'damaged-vectors', count: 2 })
    expect(written.join('')).not.toContain('leftwarning')
  })
})

describe('progressPrinter, about the store', () => {
  it('says for whom it waits', () => {
    const { written, print } = printer(false)
    print({ stage: 'waiting', pid: 4711, host: 'node7' })
    expect(written).toEqual([
      'another run (process 4711 on node7) embeds with this model; waiting for it, to use what it makes\n',
    ])
  })

  it.each([
    ['damaged-vectors', 1, 'warning: 1 vector in the store damaged, not used, and made again\n'],
    ['damaged-vectors', 3, 'warning: 3 vectors in the store damaged, not used, and made again\n'],
    ['lost-vectors', 2, 'warning: 2 vectors missing from the store; made again where needed\n'],
    [
      'unusable-segments',
      1,
      'warning: 1 segment of the store damaged, unreadable or of another format, and not used\n',
    ],
    ['not-writable', 1, 'warning: the store cannot be written; what is embedded now is not kept\n'],
    [
      'index-damaged',
      1,
      'warning: notes of what was embedded from these images are damaged and lost; to delete all of it, purge the store with --model or --all\n',
    ],
    [
      'own-segment',
      1,
      'note: this run writes into the store without its lock: another machine holds it, or the disk has none\n',
    ],
  ] as const)('says in words what is wrong: %s, %d', (notice, count, line) => {
    const { written, print } = printer(false)
    print({ stage: 'store', notice, count })
    expect(written).toEqual([line])
  })

  it('says each thing once, though images and texts both find it', () => {
    const { written, print } = printer(false)
    print({ stage: 'store', notice: 'not-writable', count: 1 })
    print({ stage: 'store', notice: 'own-segment', count: 1 })
    print({ stage: 'store', notice: 'not-writable', count: 1 })
    expect(written).toHaveLength(2)
  })
})

describe('eventPrinter, for machines', () => {
  const events = () => {
    const { written, at, print } = printer(false, eventPrinter)
    return { at, print, written, read: () => written.map((line): unknown => JSON.parse(line)) }
  }

  it('writes one JSON object a line', () => {
    const { at, written } = events()
    at(0, 0, 10)
    at(1000, 5, 10)
    expect(written.every((line) => line.endsWith('}\n') && line.indexOf('\n') === line.length - 1)).toBe(true)
  })

  it('writes images done, found and failed, with rate and time left', () => {
    const { at, read } = events()
    at(0, 0, 100)
    at(8000, 50, 100, { failed: 1 })
    expect(read().at(-1)).toEqual({
      event: 'embedding',
      model: 'm',
      done: 50,
      total: 100,
      failed: 1,
      found: 0,
      imagesPerSecond: 6.3,
      secondsLeft: 8,
    })
  })

  it('computes images per second over those that were embedded, not those that were found', () => {
    const { at, read } = events()
    at(0, 900, 1000, { found: 900 })
    at(5000, 950, 1000, { found: 900 })
    expect(read().at(-1)).toMatchObject({ done: 950, found: 900, imagesPerSecond: 10, secondsLeft: 5 })
  })

  it('does not count the time before the first image', () => {
    const { at, read } = events()
    at(60_000, 0, 100)
    at(65_000, 50, 100)
    expect(read().at(-1)).toMatchObject({ imagesPerSecond: 10, secondsLeft: 5 })
  })

  it('writes twice a second at most, and always the first and the last', () => {
    const { at, read } = events()
    at(0, 0, 100)
    for (let time = 10; time < 2000; time += 10) at(time, time / 20, 100)
    at(2000, 100, 100)
    const done = read().map((event) => (event as { done: number }).done) // each of them is about embedding
    expect(done).toEqual([0, 25, 50, 75, 100])
  })

  it('writes the last event once, however often it is told of the end', () => {
    const { at, read } = events()
    at(0, 0, 10)
    at(1000, 10, 10)
    at(1000, 10, 10)
    at(9000, 10, 10)
    expect(read()).toHaveLength(2)
  })

  it('writes every other event at once, with its own words', () => {
    const { print, read } = events()
    print({ stage: 'waiting', pid: 4711, host: 'node7' })
    print({ stage: 'store', notice: 'lost-vectors', count: 2 })
    print({ stage: 'scoring', model: 'm', labelSets: ['a', 'b'] })
    expect(read()).toEqual([
      { event: 'waiting', pid: 4711, host: 'node7' },
      { event: 'store', notice: 'lost-vectors', count: 2 },
      { event: 'scoring', model: 'm', labelSets: ['a', 'b'] },
    ])
  })
})
