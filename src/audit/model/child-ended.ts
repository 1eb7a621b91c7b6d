/** What became of a process that decodes or runs models. */
export type ChildEnd =
  /** It died, or could not be started; `how` to be read after "the process": `was ended by SIGSEGV`. */
  | { readonly kind: 'died'; readonly how: string }
  /** It was ended because it held more than it may. */
  | { readonly kind: 'memory'; readonly bytes: number }
  /** It was ended because it gave no answer, or no sign of life. */
  | { readonly kind: 'unanswered' | 'silent'; readonly ms: number }

/** A request ended the process that served it, again when it was tried alone in a fresh one. */
export class ChildEnded extends Error {
  override readonly name = 'ChildEnded'

  /** `said`: the last of what the process wrote about itself. */
  constructor(
    readonly end: ChildEnd,
    readonly said = '',
  ) {
    super(`the process ${describeEnd(end)}${said === '' ? '' : `\n${said}`}`)
  }
}

/** How it ended, to be read after "the process": `was ended by SIGSEGV`. */
export function describeEnd(end: ChildEnd): string {
  switch (end.kind) {
    case 'died':
      return end.how
    case 'memory':
      return `held more than ${gigabytes(end.bytes)} of memory`
    case 'unanswered':
      return `gave no answer for ${seconds(end.ms)}`
    case 'silent':
      return `gave no sign of life for ${seconds(end.ms)}`
  }
}

/** Of a process that ended by itself or by a signal, to be read after "the process". */
export function howItDied(code: number | null, signal: string | null): string {
  return signal === null ? `ended with exit code ${code ?? 'unknown'}` : `was ended by ${signal}`
}

/** The exit code of a process that found no memory: what a shell says of one that the system killed for it. */
export const OUT_OF_MEMORY = 137

/** No crash: it was killed from outside, mostly by the system for want of memory, or it found none itself. Nothing that it was given is to blame. */
export function isKilled(end: ChildEnd): boolean {
  return end.kind === 'died' && [howItDied(null, 'SIGKILL'), howItDied(OUT_OF_MEMORY, null)].includes(end.how)
}

/** It hung, and did not die. */
export function isHang({ kind }: ChildEnd): boolean {
  return kind === 'unanswered' || kind === 'silent'
}

/** 1 GB is 10^9 bytes. */
export function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`
}

function seconds(ms: number): string {
  const value = Math.round(ms / 100) / 10
  return `${value} second${value === 1 ? '' : 's'}`
}
