/** Which form of a sentence a number takes: "one", "other", and in other languages "two", "few", "many". */
export type PluralRule = (count: number) => string

type Rule = { readonly form: string; readonly holds: (count: number) => boolean }

/** Reads the plural rule of a locale file: a list of forms, each with the numbers it is for; the first that holds is taken, and the
 *  last is for all others. Written as Unicode CLDR writes them for whole numbers, n: "n = 1", "n % 10 = 2..4 and n % 100 != 12..14",
 *  "n = 0,1 or n % 100 = 3..10". The rule stands in the file so that a report has the same bytes on every build of Node.js, whose
 *  own rules change. A number that is not whole takes the last form. Throws an Error that names the file and the rule. */
export function pluralRule(entries: readonly Readonly<Record<string, string>>[], file: string): PluralRule {
  const fault = (what: string): Error => new Error(`${file}: locale.plural: ${what}`)
  const last = entries.at(-1)
  if (last?.form === undefined || last.when !== undefined) throw fault('expected a last form for all other numbers')
  const rules = entries.slice(0, -1).map(({ form, when }): Rule => {
    if (form === undefined || when === undefined) throw fault('expected "form" and "when" in every form but the last')
    return { form, holds: condition(when, fault) }
  })
  const others = last.form
  return (count) => {
    if (!Number.isInteger(count)) return others
    return rules.find(({ holds }) => holds(count))?.form ?? others
  }
}

type Fault = (what: string) => Error

function condition(written: string, fault: Fault): (count: number) => boolean {
  const alternatives = written.split(' or ').map((each) => each.split(' and ').map((part) => relation(part, fault)))
  return (count) => alternatives.some((parts) => parts.every((holds) => holds(count)))
}

function relation(written: string, fault: Fault): (count: number) => boolean {
  const parts = /^n(?: % (\d+))? (!?=) (\d+(?:\.\.\d+)?(?:,\d+(?:\.\.\d+)?)*)$/.exec(written.trim())
  if (parts === null) throw fault(`expected a rule such as "n % 10 = 2..4" but received "${written}"`)
  const [, modulus, operator, list = ''] = parts
  const ranges = list.split(',').map((range) => range.split('..').map(Number))
  return (count) => {
    const n = modulus === undefined ? count : count % Number(modulus)
    const isListed = ranges.some(([low = NaN, high = low]) => n >= low && n <= high)
    return isListed === (operator === '=')
  }
}
