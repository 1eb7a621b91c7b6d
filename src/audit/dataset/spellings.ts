import { growingNumbers } from './growing-numbers.js'

/** The distinct spellings of one column in order of first appearance, and the spelling of each row. */
export type Spellings = {
  readonly texts: readonly string[]
  /** Line of the first row with this spelling. */
  readonly firstLine: readonly number[]
  /** Rows with this spelling. */
  readonly rows: readonly number[]
  /** Index into `texts`, one per row. */
  readonly codes: ArrayLike<number>
}

export type SpellingCollector = {
  /** Takes in the cell of the next row. */
  readonly add: (text: string, line: number) => void
  readonly spellings: () => Spellings
}

/** Gathers the cells of one column. Memory: each spelling once, and four bytes a row. */
export function collectSpellings(): SpellingCollector {
  const codeOf = new Map<string, number>()
  const [texts, firstLine, rows]: [string[], number[], number[]] = [[], [], []]
  const codes = growingNumbers()
  return {
    add: (text, line) => {
      let code = codeOf.get(text)
      if (code === undefined) {
        code = texts.length
        codeOf.set(text, code)
        texts.push(text)
        firstLine.push(line)
        rows.push(0)
      }
      rows[code]++
      codes.push(code)
    },
    spellings: () => ({ texts, firstLine, rows, codes: codes.all() }),
  }
}
