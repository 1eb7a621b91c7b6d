// The program of a process for isolation that dies of marked inputs, as a native library dies of hostile ones. Everything else is the real program.
// An image is marked by words in its bytes; pixels that reach the encoder, by being of one colour: magenta (255, 0, 255) or green (0, 255, 0).

const emit = process.emit

process.emit = function (name, message, ...rest) {
  if (name === 'message') {
    if (message.message.kind === 'prepare') treat(markOfBytes(Buffer.from(message.message.bytes)))
    if (message.message.kind === 'run' && treat(markOfPixels(message.message.feeds[0]))) return true
  }
  return emit.call(this, name, message, ...rest)
}

/** Dies, hangs, or says that nobody will answer. */
function treat(mark) {
  if (mark === 'abort') process.abort()
  if (mark === 'segfault') process.kill(process.pid, 'SIGSEGV')
  if (mark === 'hang') for (;;); // as a decoder in an endless loop
  return mark === 'no answer'
}

function markOfBytes(bytes) {
  if (bytes.includes('PROBITY-ABORT')) return 'abort'
  if (bytes.includes('PROBITY-SEGFAULT')) return 'segfault'
  return bytes.includes('PROBITY-HANG') ? 'hang' : null
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
