/** What ONNX Runtime notes of a session that is profiled. */
export type SessionProfile = {
  /** Duration of each run, in milliseconds, in order. */
  readonly runsMs: readonly number[]
  /** Operators as they ran, each once however often it ran: what it is called and whose provider ran it. */
  readonly operators: readonly { readonly name: string; readonly provider: string }[]
}

type TraceEvent = {
  readonly cat?: unknown
  readonly name?: unknown
  readonly dur?: unknown
  readonly args?: { readonly op_name?: unknown; readonly provider?: unknown }
}

const MICROSECONDS_PER_MS = 1000

/**
 * Reads the trace that ONNX Runtime writes (Chrome's format: a list of events, `dur` in microseconds). It is the only place where a
 * session says which of its operators another provider ran: one that a device lacks goes to the CPU without a word.
 */
export function readProfile(trace: string): SessionProfile {
  const events = JSON.parse(trace) as readonly TraceEvent[] // written by ONNX Runtime; each field is looked at below
  const operators = new Map<string, { name: string; provider: string }>()
  const runsMs: number[] = []
  for (const { cat, name, dur, args } of events) {
    if (cat === 'Session' && name === 'model_run' && typeof dur === 'number') runsMs.push(dur / MICROSECONDS_PER_MS)
    if (cat !== 'Node' || typeof args?.provider !== 'string' || typeof args.op_name !== 'string') continue
    operators.set(String(name), { name: args.op_name, provider: args.provider })
  }
  return { runsMs, operators: [...operators.values()] }
}
