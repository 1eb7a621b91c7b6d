/** Runs a task when its turn comes. */
export type Turns = <Result>(task: () => Promise<Result>) => Promise<Result>

/** Runs at most `width` tasks at once, in the order in which they came; the others have not begun. */
export function inTurn(width: number): Turns {
  const waiting: (() => void)[] = []
  let running = 0
  const next = (): void => {
    if (running >= width) return
    const begin = waiting.shift()
    if (begin === undefined) return
    running++
    begin()
  }
  const done = (): void => {
    running--
    next()
  }
  return (task) =>
    new Promise((answer, fail) => {
      waiting.push(() => void task().then(answer, fail).finally(done))
      next()
    })
}
