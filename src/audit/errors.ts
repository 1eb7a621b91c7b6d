/** One refusal: where it is, which field, what was expected, what was received, and how to mend it. */
export type Fault = {
  /** `file:line`, a folder, or `command line`. */
  readonly at: string
  readonly field?: string
  readonly expected: string
  /** Already in words; user text goes through `quoted` first. */
  readonly received: string
  /** One sentence that says what to do. */
  readonly hint?: string
  /** Nothing is wrong with what is written, but a file or folder that it names is not on this machine. */
  readonly absent?: true
}

const MOST_FAULTS_PRINTED = 20 // a file with more is broken as a whole; the first twenty show how

/** Base of the errors a user can cause and mend. Every one exits with code 2 and prints no stack trace. */
export class ProbityError extends Error {
  readonly code: string
  readonly faults: readonly Fault[]

  constructor(code: string, faults: Fault | readonly Fault[], options?: { cause?: unknown }) {
    const list = Array.isArray(faults) ? (faults as readonly Fault[]) : [faults as Fault]
    super(describeFaults(list), options)
    this.name = new.target.name
    this.code = code
    this.faults = list
  }
}

/** A YAML definition, a plan, a flag or a saved audit that cannot be used. */
export class DefinitionError extends ProbityError {}
/** A label file, an image folder or a decisions file that cannot be used as a whole (single bad rows are quarantined). */
export class DatasetError extends ProbityError {}
/** A model folder or one of its files that cannot be used. */
export class ModelError extends ProbityError {}

/** The user stopped a run. What was stored stays: the same command goes on from there. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'

  constructor(readonly progress: { readonly embedded: number; readonly left: number; readonly isKept: boolean }) {
    super('interrupted')
  }
}

/** The user stopped a pull. What had come, in bytes, stays in the folder `staging`: the same pull goes on from there. Null: nothing had. */
export class PullInterrupted extends Error {
  override readonly name = 'PullInterrupted'

  constructor(readonly kept: { readonly bytes: number; readonly staging: string } | null) {
    super('interrupted')
  }
}

/** How V8, WebAssembly, the system, libvips and ONNX Runtime say that there was no memory. */
const SAYS_SO =
  /out of memory|allocation failed|not allocate memory|ENOMEM|bad_alloc|bad allocation|Failed to allocate|Cannot create a Buffer/i

/** Whether an error was raised for want of memory, by its own words. */
export function saysMemoryShort(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return SAYS_SO.test('code' in error && error.code === 'ENOMEM' ? 'ENOMEM' : error.message)
}

function describeFaults(faults: readonly Fault[]): string {
  const lines = faults.slice(0, MOST_FAULTS_PRINTED).map(describeFault)
  const more = faults.length - lines.length
  return more > 0 ? [...lines, `... and ${more} more`].join('\n') : lines.join('\n')
}

function describeFault({ at, field, expected, received, hint }: Fault): string {
  const where = field === undefined ? at : `${at}: ${field}`
  return escaped(`${where}: expected ${expected} but received ${received}${hint === undefined ? '' : `. ${hint}`}`)
}

const LONGEST_ECHO = 80

/** User text made safe to print: quoted, cut at 80 characters, control, direction and invisible characters escaped. Never throws. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : asJson(value)
  const cut = text.length > LONGEST_ECHO ? `${text.slice(0, LONGEST_ECHO).replace(/[\ud800-\udbff]$/, '')}...` : text
  return typeof value === 'string' ? `"${escaped(cut)}"` : escaped(cut)
}

/** A message about a fault must not become one: JSON cannot say a bigint, nor what is nested a hundred thousand times. */
function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'nothing'
  } catch {
    return typeof value === 'bigint' ? String(value) : 'something that is nested too deep'
  }
}

/** Text with its control, direction and invisible characters as codes, so that a terminal obeys none of them and a reader sees each. */
export function escaped(text: string): string {
  return text.replace(UNPRINTABLE, escapeCharacter)
}

/** Joiners stay where writing needs them: between letters of other alphabets, and inside emoji. */
const UNPRINTABLE =
  // eslint-disable-next-line no-control-regex -- control characters are exactly what must not reach a terminal
  /[\u0000-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\udb40[\udc00-\udc7f]|(?<=[ -~]|^)[\u200c\u200d]|[\u200c\u200d](?=[ -~]|$)/g

function escapeCharacter(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
}
