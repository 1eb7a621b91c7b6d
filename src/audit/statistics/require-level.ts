/** Refuses an error level (alpha, a tail area) outside 0 to 1, both ends excluded.
 *  Throws RangeError that names `caller`, what it expected and what it received. */
export function requireLevel(caller: string, alpha: number): void {
  if (!(alpha > 0 && alpha < 1)) {
    throw new RangeError(`${caller} expected a level between 0 and 1 but received ${alpha}`)
  }
}
