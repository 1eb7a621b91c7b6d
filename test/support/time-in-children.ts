let spent = 0

/** Milliseconds that this process has waited for runs of the command line. Each of them is held to a time of its own. */
export function timeInChildren(): number {
  return spent
}

/** Says that so many milliseconds went by in a run of the command line. */
export function sayWaited(milliseconds: number): void {
  spent += milliseconds
}
