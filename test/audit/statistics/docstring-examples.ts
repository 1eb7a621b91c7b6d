import { readdirSync, readFileSync } from 'node:fs'
import { runInThisContext } from 'node:vm'

/** A line `@example call  // printed` of the docstring in a file. `printed` is null where the line shows no result. */
export type DocstringExample = { readonly file: string; readonly call: string; readonly printed: string | null }

const FOLDER = new URL('../../../src/audit/statistics/', import.meta.url)

export function statisticsFiles(): string[] {
  return readdirSync(FOLDER).filter((name) => name.endsWith('.ts'))
}

/** Every example in the docstrings of src/audit/statistics, in the order of the files. */
export function docstringExamples(): DocstringExample[] {
  return statisticsFiles().flatMap((file) =>
    [...readFileSync(new URL(file, FOLDER), 'utf8').matchAll(/@example (.*?)(?: *\*\/)?$/gm)].map(([, line]) => {
      const [call, ...printed] = line.split(/ +\/\/ /)
      return { file, call, printed: printed.length === 0 ? null : printed.join(' // ') }
    }),
  )
}

/** Everything that the files of src/audit/statistics export, by name. */
export async function statisticsExports(): Promise<Record<string, unknown>> {
  const modules = await Promise.all(
    statisticsFiles().map(
      (file) => import(new URL(file.replace('.ts', '.js'), FOLDER).href) as Promise<Record<string, unknown>>, // what a module is
    ),
  )
  return Object.assign({}, ...modules) as Record<string, unknown> // merged by name; two files never export the same
}

/** The value of a call, with the names of `scope` in reach. */
export function valueOf(call: string, scope: Readonly<Record<string, unknown>>): unknown {
  const evaluate = runInThisContext(`({ ${Object.keys(scope).join(', ')} }) => (${call})`) as (given: object) => unknown // an arrow function
  return evaluate(scope)
}

type Word = boolean | null | string | number | bigint
type Part = { readonly path: readonly string[]; readonly value: Word }

/** A name before a number is the part it is about, if the value has a part of that name. */
const NUMBERS =
  /(?:([A-Za-z]\w*):? )?(?<![\w.])(-?\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?(?:\/\d+)?|0x[0-9a-f]+n|null|true|false)(?![\w/])/g

/** What a printed result says that a value does not: its numbers, in order, to the digits printed. A number after the name of a
 *  part (`high: 0.36`, `value 2.4`) must be in that part; parts may be left out. `roughly`: how far it may be off, as a share of the number, where
 *  random draws are behind it. Empty where they agree. */
export function disagreements(printed: string, value: unknown, roughly = 0): string[] {
  const parts = partsOf(value)
  const names = new Set(parts.flatMap(({ path }) => path))
  const result = printed.replace(/^[^[{]*: (?=[[{])/, '') // words before a bracket say what the variables are
  const numbers = [...result.matchAll(NUMBERS)]
  if (numbers.length === 0) return ['no number']
  let next = 0
  return numbers.flatMap(([, name, text]) => {
    const isNamed = name !== undefined && names.has(name)
    const found = parts.findIndex(
      (part, place) => place >= next && (!isNamed || part.path.includes(name)) && agrees(text, part.value, roughly),
    )
    if (found < 0) return [isNamed ? `${name} ${text}` : text]
    next = found + 1
    return []
  })
}

function partsOf(value: unknown, path: readonly string[] = []): Part[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, part]) => partsOf(part, [...path, key]))
  }
  return [{ path, value: value as Word }] // results of statistics hold nothing else
}

function agrees(text: string, value: Word, roughly: number): boolean {
  if (typeof value === 'bigint') return text === `0x${value.toString(16)}n`
  const match = /^(-?[\d,.]+)(?:e([-+]?\d+))?(?:\/(\d+))?$/.exec(text)
  if (typeof value !== 'number' || match === null) return text === String(value)
  const [, digits, exponent = '0', denominator = '1'] = match
  const scale = 10 ** Number(exponent) / Number(denominator)
  const shown = Number(digits.replaceAll(',', '')) * scale
  const decimals = digits.split('.')[1]?.length
  // a number with decimals is rounded to them; one without is meant exactly, but for rounding of doubles
  const off = decimals === undefined ? 1e-9 * Math.abs(shown) : 0.5000001 * 10 ** -decimals * scale
  return Math.abs(value - shown) <= Math.max(off, roughly * Math.abs(shown))
}
