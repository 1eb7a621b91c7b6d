/** How many processes ended while something was under way. */
export type Tried = { readonly ends: number }

export type Judgement<Task> = {
  /** They end every process: nothing else was under way, and it was not the first one. */
  readonly atFault: readonly Task[]
  /** To be asked again, each alone in a fresh process. */
  readonly suspects: readonly Task[]
}

const MOST_ENDS = 2 // one end may be somebody else's doing: the system's, for want of memory, a person's, or a busy machine's

/** Whose fault is it that a process ended while `tasks` were under way? Whoever was alone, the second time; however it ended. */
export function judge<Task extends Tried>(tasks: readonly Task[]): Judgement<Task> {
  const counted = tasks.map((task) => ({ ...task, ends: task.ends + 1 }))
  const isKnown = counted.length === 1 && counted.every(({ ends }) => ends >= MOST_ENDS)
  return isKnown ? { atFault: counted, suspects: [] } : { atFault: [], suspects: counted }
}
