/** Refuses a number of random draws that is none. Throws RangeError that names `caller`, what it expected and what it received. */
export function requireDraws(caller: string, draws: number): void {
  if (!Number.isSafeInteger(draws) || draws < 1) {
    throw new RangeError(`${caller} expected a whole number of draws from 1 but received ${draws}`)
  }
}
