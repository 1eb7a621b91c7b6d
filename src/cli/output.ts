import { fstatSync, writeSync } from 'node:fs'
import { inWords } from '../audit/system-errors.js'
import { EXIT } from './exit.js'

type Output = NodeJS.WriteStream & { readonly fd: 1 | 2 }

/**
 * Makes of an output that cannot be written what it is:
 * - a pipe that its reader closed (`probity list | head`) or a terminal that is gone: no error of ours. What is still printed goes nowhere,
 *   and the run ends with the code it would have ended with: `probity gate a.json | head` must not turn a failed gate into a success;
 * - a disk behind `>` or `2>` that is full or fails: the work goes on, its files are written, and a run that would have ended with 0 ends with 3.
 */
export function guardOutput(): void {
  let isLost = false
  for (const stream of [process.stdout, process.stderr] as Output[]) {
    const note = ({ code = '', message }: NodeJS.ErrnoException): void => {
      if (GONE.includes(code) || (code === 'EIO' && stream.isTTY) || isLost) return // EIO of a terminal: nobody is there; of a disk: it failed
      isLost = true
      if (stream.fd === STDOUT)
        process.stderr.write(
          `standard output: ${code === '' ? message : inWords(code)}. What was to be printed is not whole\n`,
        )
    }
    if (isFile(stream)) stream._write = wholeWrite(stream, note)
    stream.on('error', note)
  }
  process.on('exit', (code) => {
    if (isLost && code === EXIT.passed) process.exitCode = EXIT.incomplete
  })
}

const STDOUT = 1
const GONE: readonly string[] = ['EPIPE', 'ERR_STREAM_DESTROYED', 'EBADF']

function isFile({ fd, isTTY }: Output): boolean {
  try {
    const state = fstatSync(fd)
    return !isTTY && (state.isFile() || state.isCharacterDevice())
  } catch {
    return false
  }
}

/** Node 20 takes a write that a nearly full disk cut short for a whole one. */
function wholeWrite({ fd }: Output, onFault: (error: Error) => void): Output['_write'] {
  return (chunk: Uint8Array | string, encoding, done) => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk
    try {
      for (let written = 0; written < bytes.length;) {
        const count = writeSync(fd, bytes, written)
        if (count === 0) throw new Error('nothing more is taken') // asked again, it would say so for ever
        written += count
      }
      done()
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause))
      onFault(error) // now: the process may end before the stream comes to say so
      done(error)
    }
  }
}
