import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const KEEPING = '\nStopping after the images under way. Once more stops at once.\n'
const STOPPED = '\nInterrupted.\n'

beforeEach(() => vi.resetModules()) // whether images are embedded is kept once per process
afterEach(() => vi.restoreAllMocks())

/** The module afresh, a way to send it a signal, and what it did. */
async function listening() {
  const handlers = new Map<string | symbol, () => void>()
  const did: string[] = []
  vi.spyOn(process, 'on').mockImplementation((name, handler) => {
    handlers.set(name, handler as () => void) // of a signal, which is all that is listened for
    return process
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => did.push(String(text)) > 0)
  vi.spyOn(process, 'removeAllListeners').mockReturnValue(process)
  vi.spyOn(process, 'kill').mockImplementation((_, sent) => {
    did.push(`killed by ${sent}`)
    return true
  })
  const { interruption, listenForSignals, setEmbedding, setPulling } = await import('../../src/cli/interruption.js')
  listenForSignals()
  const send = (signal: 'SIGINT' | 'SIGTERM'): void => {
    handlers.get(signal)?.()
  }
  return { interruption, setEmbedding, setPulling, send, did }
}

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  it('ends the process at once when no image is embedded', async () => {
    const { send, did, interruption } = await listening()
    send(signal)
    expect(did).toEqual([STOPPED, 'killed by SIGINT'])
    expect(interruption.aborted).toBe(false)
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
    expect(did).toEqual([KEEPING, STOPPED, 'killed by SIGINT'])
  })

  it('ends the process at once when all images are embedded', async () => {
    const { send, did, setEmbedding } = await listening()
    setEmbedding(true)
    setEmbedding(false)
    send(signal)
    expect(did).toEqual([STOPPED, 'killed by SIGINT'])
  })
})

describe('two different signals', () => {
  it('count as two', async () => {
    const { send, did, setEmbedding } = await listening()
    setEmbedding(true)
    send('SIGTERM')
    send('SIGINT')
    expect(did).toEqual([KEEPING, STOPPED, 'killed by SIGINT'])
  })
})
