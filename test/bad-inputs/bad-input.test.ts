import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { quickly } from './bad-input.js'

describe('a bad input', () => {
  it('that checks nothing is no test', async () => {
    const end: unknown = await quickly(() => undefined).catch((error: unknown) => error) // an `expect` around it would count
    expect(end).toMatchObject({ message: 'this bad input checks nothing' })
  })

  it('that holds up by waiting is caught, although it works for no time', async () => {
    const waits = async (): Promise<void> => {
      await sleep(400)
      expect(true).toBe(true)
    }
    await expect(quickly(waits, { wait: 300 })).rejects.toThrow('milliseconds on the wall')
    await expect(quickly(waits)).resolves.toBeUndefined()
  })

  it('that holds up by working is caught', async () => {
    const works = (): void => {
      for (const end = performance.now() + 200; performance.now() < end;);
      expect(true).toBe(true)
    }
    await expect(quickly(works, { work: 10 })).rejects.toThrow('milliseconds of work')
  })
})
