/** Shares of the images that are left undecided, one after the other: 0, 1/steps, ... and never all of them. None where no image was decided. */
export function sharesAsked(steps: number, decided: number): number[] {
  return decided === 0 ? [] : Array.from({ length: steps }, (_, step) => step / steps)
}
