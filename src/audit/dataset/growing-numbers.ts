/** Whole numbers from 0 to 2^32 - 1 that come one after the other, four bytes each. */
export type GrowingNumbers = {
  readonly push: (value: number) => void
  readonly add: (values: Uint32Array) => void
  /** Those that came so far. */
  readonly all: () => Uint32Array
}

const FIRST_ROOM = 1024

export function growingNumbers(): GrowingNumbers {
  let numbers = new Uint32Array(FIRST_ROOM)
  let length = 0
  const makeRoom = (wanted: number): void => {
    if (wanted <= numbers.length) return
    const larger = new Uint32Array(Math.max(wanted, numbers.length * 2))
    larger.set(numbers)
    numbers = larger
  }
  return {
    push: (value) => {
      makeRoom(length + 1)
      numbers[length++] = value
    },
    add: (values) => {
      makeRoom(length + values.length)
      numbers.set(values, length)
      length += values.length
    },
    all: () => numbers.subarray(0, length),
  }
}
