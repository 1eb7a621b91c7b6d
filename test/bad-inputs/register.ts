import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** One bad input as it stands in the source of a test. */
export type Registered = { readonly row: number; readonly name: string; readonly file: string }

export type Register = {
  readonly inputs: readonly Registered[]
  /** Calls that cannot be counted because they are not written out, as `file:line: why`. */
  readonly unclear: readonly string[]
}

/**
 * Every bad input of this room, read from the syntax of its test files. Only what certainly runs counts: `badInput(12, 'name', ...)` and
 * `badInputs(12, [['name', ...], ...], ...)` with row and names written out, as a statement of the file or of a `describe`.
 */
export function readRegister(folder: string): Register {
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.ts') && name !== 'register.test.ts')
  const found = files.map((file) => inputsOf(file, readFileSync(join(folder, file), 'utf8')))
  return { inputs: found.flatMap(({ inputs }) => inputs), unclear: found.flatMap(({ unclear }) => unclear) }
}

/** The same for the text of one file. */
export function inputsOf(file: string, text: string): Register {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const inputs: Registered[] = []
  const unclear: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const called = node.expression.text
      if (called === 'badInput' || called === 'badInputs') {
        const row = node.arguments[0]
        const names = called === 'badInput' ? [node.arguments[1]] : namesOf(node.arguments[1])
        const isWritten = ts.isNumericLiteral(row) && names !== null && names.every(ts.isStringLiteralLike)
        if (isWritten && isCertainToRun(node))
          for (const name of names) inputs.push({ row: Number(row.text), name: name.text, file })
        else {
          const { line } = source.getLineAndCharacterOfPosition(node.getStart())
          unclear.push(`${file}:${line + 1}: ${isWritten ? 'may not run' : 'row or name is not written out'}`)
        }
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return { inputs, unclear }
}

/** The first element of each entry of a list of lists; null when the list is made by a computation. */
function namesOf(list: ts.Expression): readonly ts.Expression[] | null {
  if (!ts.isArrayLiteralExpression(list)) return null
  const names = list.elements.map((entry) => (ts.isArrayLiteralExpression(entry) ? entry.elements[0] : undefined))
  return names.every((name) => name !== undefined) ? names : null
}

/** A statement of the file, or of the body of a plain `describe` that is one. */
function isCertainToRun(call: ts.CallExpression): boolean {
  if (!ts.isExpressionStatement(call.parent)) return false
  const place = call.parent.parent
  if (ts.isSourceFile(place)) return true
  const body = place.parent
  return (
    ts.isBlock(place) &&
    (ts.isArrowFunction(body) || ts.isFunctionExpression(body)) &&
    ts.isCallExpression(body.parent) &&
    ts.isIdentifier(body.parent.expression) &&
    body.parent.expression.text === 'describe' &&
    isCertainToRun(body.parent)
  )
}
