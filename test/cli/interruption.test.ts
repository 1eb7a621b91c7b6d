import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
type Signal = (typeof SIGNALS)[number]
const KEEPING = '\nStopping after the images under way. Once more stops at once.\n'
const STOPPED = '\nInterrupted.\n'

const before = new Map<string, NodeJS.ExitListener[] | NodeJS.SignalsListener[]>()
beforeEach(() => {
  vi.resetModules() // whether images are embedded is kept once per process
  for (const name of ['newListener', 'removeListener', ...SIGNALS]) before.set(name, process.listeners(name as Signal))
})
afterEach(() => {
  vi.restoreAllMocks()
  for (const [name, listeners] of before)
    for (const each of process.listeners(name as Signal))
      if (!(listeners as unknown[]).includes(each)) process.off(name, each)
})

/** The module afresh, a way to send it a signal, and what it did. "default" is what the system does where nobody listens. */
async function listening() {
  const did: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => did.push(String(text)) > 0)
  vi.spyOn(process, 'removeAllListeners').mockReturnValue(process)
  vi.spyOn(process, 'kill').mockImplementation((_, sent) => {
    did.push(`killed by ${sent}`)
    return true
  })
  const { interruption, listenForSignals, setEmbedding, setPulling } = await import('../../src/cli/interruption.js')
  listenForSignals()
  const ours = (signal: Signal) => process.listeners(signal).filter((each) => each.name === 'stop')
  const send = (signal: Signal): void => {
    const emit = vi
      .spyOn(process, 'emit')
      .mockImplementation(((name: string) => did.push(`cleared at ${name}`) > 0) as never) // of an overload
    if (ours(signal).length === 0) did.push('default')
    for (const each of ours(signal)) each(signal)
    emit.mockRestore()
  }
  return { interruption, setEmbedding, setPulling, send, did }
}

describe.each(SIGNALS)('%s', (signal) => {
  const ended = [STOPPED, 'cleared at exit', `killed by ${signal}`]

  it('is left to the system when there is nothing to keep and nothing to clear away', async () => {
    const { send, did, interruption } = await listening()
    send(signal)
    expect(did).toEqual(['default'])
    expect(interruption.aborted).toBe(false)
  })

  it('has what is half-made cleared away before the process ends by it', async () => {
    const { send, did } = await listening()
    const clear = (): void => undefined
    process.once('exit', clear)
    send(signal)
    process.off('exit', clear)
    send(signal)
    expect(did).toEqual([...ended, 'default'])
  })

  it('asks to stop while images are embedded, and says that they are kept', async () => {
    const { send, did, setEmbedding, interruption } = await listening()
    setEmbedding(true)
    send(signal)
    expect(did).toEqual([KEEPING])
    expect(interruption.aborted).toBe(true)
  })

  it('asks to stop while files are pulled', async () => {
    const { send, did, setPulling, interruption } = await listening()
    setPulling(true)
    send(signal)
    expect(did).toEqual(['\nStopping. Once more stops at once.\n'])
    expect(interruption.aborted).toBe(true)
  })

  it('ends the process at the second time', async () => {
    const { send, did, setEmbedding } = await listening()
    setEmbedding(true)
    send(signal)
    send(signal)
    expect(did).toEqual([KEEPING, ...ended])
  })

  it('is left to the system again when all images are embedded', async () => {
    const { send, did, setEmbedding } = await listening()
    setEmbedding(true)
    setEmbedding(false)
    send(signal)
    expect(did).toEqual(['default'])
  })
})

describe('two different signals', () => {
  it('count as two, and the second one ends the process', async () => {
    const { send, did, setEmbedding } = await listening()
    setEmbedding(true)
    send('SIGTERM')
    send('SIGINT')
    expect(did).toEqual([KEEPING, STOPPED, 'cleared at exit', 'killed by SIGINT'])
  })
})
