import { ModelError } from '../errors.js'

const ROOM = 64_000_000 // beside the pixels: what a decoder and its threads ask for
const BYTES_PER_PIXEL = 16 // the decoded image, and what a decoder keeps meanwhile

/** Whether so many pixels could be decoded now. What is asked for is never touched, so asking costs nothing. */
export function hasRoomFor(pixels: number): boolean {
  try {
    return new ArrayBuffer(ROOM + BYTES_PER_PIXEL * pixels).byteLength > 0
  } catch {
    return false
  }
}

/** There was too little memory to read `what`, so that nothing can be said about it: the run ends, with exit code 3. */
export function memoryShort(what: string, cause?: unknown): ModelError {
  return new ModelError(
    'memory.short',
    {
      at: 'memory',
      expected: `enough of it to read ${what}`,
      received: 'too little',
      hint: 'Give the run more memory, or less beside it. What was embedded is kept: run it again',
    },
    { cause },
  )
}
