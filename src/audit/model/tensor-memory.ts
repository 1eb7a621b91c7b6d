/** Float arrays that are used again and again: one of a batch of pixels is 20 MB, and making it anew costs time and waits to be freed. */
export type TensorMemory = {
  /** An array of this length with any content. */
  readonly take: (length: number) => Float32Array
  readonly giveBack: (array: Float32Array) => void
}

const MOST_SPARE = 4 // two batches are under way at a time, of two arrays at most

export function tensorMemory(): TensorMemory {
  const spare: Float32Array[] = []
  return {
    take: (length) => {
      const fitting = spare.findIndex((array) => array.length === length)
      return fitting < 0 ? new Float32Array(length) : spare.splice(fitting, 1)[0]
    },
    giveBack: (array) => {
      spare.push(array)
      if (spare.length > MOST_SPARE) spare.shift()
    },
  }
}
