// The program of a process for isolation that dies of marked inputs, as a native library dies of hostile ones. Everything else is the real program.
// An image is marked by words in its bytes; pixels that reach the encoder, by being of one colour: magenta (255, 0, 255) or green (0, 255, 0).

import { existsSync, writeFileSync } from 'node:fs'

const emit = process.emit

process.emit = function (name, message, ...rest) {
  if (name === 'message') {
    const { id, message: asked } = message
    if (asked.kind === 'prepare' && treat(markOfBytes(Buffer.from(asked.bytes)), id)) return true
    if (asked.kind === 'run' && treat(markOfPixels(asked.feeds[0]), id)) return true
  }
  return emit.call(this, name, message, ...rest)
}

/** Dies, or begins and hangs, and then says that nobody will answer. */
function treat(mark, id) {
  if (mark === 'abort') process.abort()
  if (mark === 'segfault') process.kill(process.pid, 'SIGSEGV')
  if (mark !== 'hang' && mark !== 'no answer') return false
  process.send({ kind: 'begun', id }, () => {
    while (mark === 'hang'); // as a decoder in an endless loop
  })
  return true
}

function markOfBytes(bytes) {
  if (bytes.includes('PROBITY-ABORT')) return 'abort'
  if (bytes.includes('PROBITY-SEGFAULT')) return 'segfault'
  const [, once] = bytes.toString('latin1').match(/PROBITY-HANG-ONCE (\S+)/) ?? [] // a file that says that it has happened
  if (once === undefined) return bytes.includes('PROBITY-HANG') ? 'hang' : null
  if (existsSync(once)) return null
  writeFileSync(once, '')
  return 'hang'
}

function markOfPixels({ data, dims }) {
  if (dims.length !== 4) return null
  const [rows, , height, width] = dims
  const plane = height * width
  for (let row = 0; row < rows; row++) {
    const of = (channel) => data.subarray((row * 3 + channel) * plane, (row * 3 + channel + 1) * plane)
    const all = (channel, value) => of(channel).every((each) => each === value)
    if (all(0, 1) && all(1, -1) && all(2, 1)) return 'abort'
    if (all(0, -1) && all(1, 1) && all(2, -1)) return 'no answer'
  }
  return null
}

await import('../../../dist/audit/model/isolated-child.js')
