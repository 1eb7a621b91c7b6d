// TypeScript and JavaScript with a counter in every block: which blocks an input reaches tells the fuzzer whether it is worth keeping.
import ts from 'typescript'

const COUNTERS = '__blocks'
const FEWEST_LETTERS = 2 // a word of one letter is found by chance

/**
 * The JavaScript of a module whose every branch counts how often it is taken, in `__blocks`, which {@link withCounters} declares. Gives the code, the
 * number of counters, and the words (texts in quotes) of the module, for the fuzzer to put into inputs.
 */
export function countBlocks(source, fileName) {
  let next = 0
  const words = new Set()
  const transformer = (context) => (root) => {
    const { factory } = context
    const count = () =>
      factory.createPostfixIncrement(
        factory.createElementAccessExpression(factory.createIdentifier(COUNTERS), factory.createNumericLiteral(next++)),
      )
    const statement = () => factory.createExpressionStatement(count())
    const block = (inner) =>
      ts.isBlock(inner)
        ? factory.updateBlock(inner, [statement(), ...inner.statements])
        : factory.createBlock([statement(), inner])
    const expression = (inner) => factory.createParenthesizedExpression(factory.createComma(count(), inner))
    const visit = (node) => {
      if (ts.isTypeNode(node)) return node
      if (
        ts.isStringLiteral(node) &&
        !ts.isImportDeclaration(node.parent ?? root) &&
        node.text.length >= FEWEST_LETTERS
      )
        words.add(node.text)
      const seen = ts.visitEachChild(node, visit, context)
      if (ts.isIfStatement(seen))
        return factory.updateIfStatement(
          seen,
          seen.expression,
          block(seen.thenStatement),
          seen.elseStatement === undefined ? block(factory.createBlock([])) : block(seen.elseStatement),
        )
      if (ts.isConditionalExpression(seen))
        return factory.updateConditionalExpression(
          seen,
          seen.condition,
          seen.questionToken,
          expression(seen.whenTrue),
          seen.colonToken,
          expression(seen.whenFalse),
        )
      if (ts.isBinaryExpression(seen) && isBranch(seen.operatorToken.kind))
        return factory.updateBinaryExpression(seen, seen.left, seen.operatorToken, expression(seen.right))
      if (ts.isForStatement(seen))
        return factory.updateForStatement(
          seen,
          seen.initializer,
          seen.condition,
          seen.incrementor,
          block(seen.statement),
        )
      if (ts.isForOfStatement(seen))
        return factory.updateForOfStatement(
          seen,
          seen.awaitModifier,
          seen.initializer,
          seen.expression,
          block(seen.statement),
        )
      if (ts.isForInStatement(seen))
        return factory.updateForInStatement(seen, seen.initializer, seen.expression, block(seen.statement))
      if (ts.isWhileStatement(seen)) return factory.updateWhileStatement(seen, seen.expression, block(seen.statement))
      if (ts.isDoStatement(seen)) return factory.updateDoStatement(seen, block(seen.statement), seen.expression)
      if (ts.isCatchClause(seen)) return factory.updateCatchClause(seen, seen.variableDeclaration, block(seen.block))
      if (ts.isCaseClause(seen))
        return factory.updateCaseClause(seen, seen.expression, [statement(), ...seen.statements])
      if (ts.isDefaultClause(seen)) return factory.updateDefaultClause(seen, [statement(), ...seen.statements])
      if (ts.isArrowFunction(seen) && !ts.isBlock(seen.body))
        return factory.updateArrowFunction(
          seen,
          seen.modifiers,
          seen.typeParameters,
          seen.parameters,
          seen.type,
          seen.equalsGreaterThanToken,
          expression(seen.body),
        )
      return seen
    }
    return ts.visitEachChild(root, visit, context)
  }
  const code = translate(source, fileName, [transformer])
  return { code, blocks: next, words: [...words] }
}

/** The code with its counters: from index `first` on of `globalThis.__fuzz.counts`, which child.mjs sets up. `file` is how the module is called. */
export function withCounters({ code, blocks, words }, file, first) {
  const about = JSON.stringify({ file, first, blocks, words })
  return `const ${COUNTERS} = globalThis.__fuzz.counts.subarray(${first}); globalThis.__fuzz.modules.push(${about});\n${code}`
}

/** JavaScript of TypeScript, or of JavaScript: types go, and what the transformers change. */
export function translate(source, fileName, before) {
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
    allowJs: true,
  }
  return ts.transpileModule(source, { fileName, compilerOptions, transformers: { before } }).outputText
}

function isBranch(kind) {
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken
  )
}
