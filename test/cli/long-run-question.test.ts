import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { longRunQuestion } from '../../src/cli/long-run-question.js'

/** A question on a terminal that is written to by hand. */
function terminal() {
  const [input, output] = [new PassThrough(), new PassThrough({ encoding: 'utf8' })]
  const stop = new AbortController()
  let milliseconds = 0
  const mayGoOn = longRunQuestion({ input, output, signal: stop.signal, now: () => milliseconds })
  const at = (seconds: number, done: number, total: number): Promise<boolean> => {
    milliseconds = seconds * 1000
    return mayGoOn({ stage: 'embedding', model: 'm', done, total, failed: 0, found: 0 })
  }
  return { input, at, stop, said: () => (output.read() as string | null) ?? '' }
}

describe('the question before a run of hours', () => {
  it.each([
    ['\n', true],
    ['y\n', true],
    ['n\n', false],
    ['No\n', false],
  ])('takes %j for %s', async (answer, isWanted) => {
    const { at, input, said } = terminal()
    await at(0, 0, 200_000)
    const asked = at(40, 800, 200_000)
    input.write(answer)
    expect(await asked).toBe(isWanted)
    expect(said()).toContain(
      'This will take about 2.8 h: 199200 images left at 20.0 a second. What is embedded is kept.',
    )
  })

  it('is asked once', async () => {
    const { at, input, said } = terminal()
    await at(0, 0, 200_000)
    const asked = at(40, 800, 200_000)
    input.write('y\n')
    await asked
    said()
    expect(await at(80, 1600, 200_000)).toBe(true)
    expect(said()).toBe('')
  })

  it('is not asked of a shorter run, nor before the pace is known', async () => {
    const { at, said } = terminal()
    await at(0, 0, 70_000)
    expect([await at(1, 1, 70_000), await at(40, 800, 70_000)]).toEqual([true, true])
    expect(said()).toBe('')
  })

  it('goes on where the input has ended: nobody is there to say no', async () => {
    const { at, input } = terminal()
    await at(0, 0, 200_000)
    const asked = at(40, 800, 200_000)
    input.end()
    expect(await asked).toBe(true)
  })

  it('is answered by Ctrl-C', async () => {
    const { at, stop } = terminal()
    await at(0, 0, 200_000)
    const asked = at(40, 800, 200_000)
    stop.abort()
    expect(await asked).toBe(false)
  })
})
