// One process of the fuzzer: `node child.mjs SETTINGS.json`. What it found stands in the file that the settings name; drive.mjs starts and watches it.
import { readFileSync } from 'node:fs'
import { register } from 'node:module'

const MOST_BLOCKS = 2 ** 18
globalThis.__fuzz = { counts: new Uint8Array(MOST_BLOCKS), modules: [], largest: 0 }

// Memory that is set aside at once, before anybody knows whether there is that much to put into it: the largest piece is noted.
const note = (bytes) => {
  if (bytes > globalThis.__fuzz.largest) globalThis.__fuzz.largest = bytes
}
for (const name of [
  'ArrayBuffer',
  'Uint8Array',
  'Int8Array',
  'Uint8ClampedArray',
  'Uint16Array',
  'Int16Array',
  'Uint32Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
]) {
  // prettier-ignore
  const original = globalThis[name]
  const width = original.BYTES_PER_ELEMENT ?? 1
  const watched = new Proxy(original, {
    construct: (target, args, newTarget) => {
      if (typeof args[0] === 'number') note(args[0] * width)
      return Reflect.construct(target, args, newTarget)
    },
  })
  globalThis[name] = watched
  original.prototype.constructor = watched // sharp tells arrays by it
}
for (const name of ['alloc', 'allocUnsafe', 'allocUnsafeSlow']) {
  const original = Buffer[name]
  Buffer[name] = (bytes, ...rest) => {
    note(bytes)
    return original(bytes, ...rest)
  }
}

register('./typescript-hook.mjs', import.meta.url)
const { answer } = await import('./explore.ts')
const ended = answer(JSON.parse(readFileSync(process.argv[2], 'utf8'))).then(
  () => 0,
  (error) => {
    process.stderr.write(`${error.stack}\n`) // a fault of the fuzzer itself
    return 70
  },
)
process.exit(await ended) // a handle that a parser left open must not keep the process
