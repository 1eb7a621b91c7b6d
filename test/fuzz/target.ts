import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ProbityError } from '../../src/audit/errors.js'

/** What a parser is given: bytes, and a folder of its own where it wants a file. */
export type Given = {
  readonly bytes: Uint8Array
  /** Writes the bytes (or others) into the folder and gives the path. */
  readonly file: (name: string, content?: string | Uint8Array) => string
  readonly folder: string
  /** The bytes as UTF-8, as every reader of text decodes them. */
  readonly text: () => string
}

/** One parser, or a few that read the same file, under the fuzzer. */
export type FuzzTarget = {
  readonly name: string
  /** The line of the table in docs/reliability.md that its inputs are counted in. */
  readonly family: string
  /** Sources of the parsers that it runs: their blocks are what its coverage is counted in, their words go into its inputs. */
  readonly reads: readonly string[]
  /** Valid inputs by our own writers, and inputs of the right shape with something wrong, always the same ones. */
  readonly seeds: () => readonly Uint8Array[] | Promise<readonly Uint8Array[]>
  /** Checksums and lengths set right again after a mutation, so that what lies behind them is reached as well. */
  readonly repair?: (bytes: Uint8Array) => Uint8Array
  /** Reads the input. Ends or throws one of our own refusals; anything else that it throws is a fault, RowsLost among them. */
  readonly run: (given: Given) => unknown
}

/** Rows that a reader neither gave nor refused. */
export class RowsLost extends Error {}

/** Throws where something that a parser gave cannot be right. */
export function hold(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(what)
}

/** What an input was found to do. `fault`: it broke a promise; what a reader would call it. */
export type Outcome =
  { readonly kind: 'read' | 'refused' } | { readonly kind: 'fault'; readonly what: string; readonly isLost: boolean }

// eslint-disable-next-line no-control-regex -- control characters are exactly what must not reach a terminal
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/
const LONGEST_MESSAGE = 40_000 // twenty faults of some lines each

/** Runs a parser on one input and says whether it kept what it promises: it ends, or refuses in words of ours that can be printed. */
export async function judge(target: FuzzTarget, bytes: Uint8Array, folder: string): Promise<Outcome> {
  const file = (name: string, content: string | Uint8Array = bytes): string => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
  try {
    await target.run({ bytes, folder, file, text: () => new TextDecoder().decode(bytes) })
    return { kind: 'read' }
  } catch (error) {
    if (error instanceof ProbityError) return judgeMessage(error)
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { kind: 'fault', what: stack, isLost: error instanceof RowsLost }
  }
}

function judgeMessage({ message, code }: ProbityError): Outcome {
  const bad = UNPRINTABLE.exec(message)
  if (bad !== null)
    return { kind: 'fault', what: `${code}: prints the control character ${bad[0].charCodeAt(0)}: ${JSON.stringify(message.slice(0, 300))}`, isLost: false } // prettier-ignore
  if (message.length > LONGEST_MESSAGE)
    return { kind: 'fault', what: `${code}: a message of ${message.length} characters`, isLost: false }
  return { kind: 'refused' }
}
